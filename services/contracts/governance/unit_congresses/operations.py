"""Operations of units' congresses: the unit's chair files, officers review, auditors read, members see what stands."""

from __future__ import annotations

from services.chassis.schema import Operation, Page, Schema, command, query
from services.contracts.files import FileContent
from services.contracts.governance.unit_congresses import requests, shapes

_READS = ("officer", "auditor", "chair", "member")
_OFFICES = ("officer", "auditor", "chair")


def _files(name: str, request: type[Schema], doc: str, title: str) -> Operation:
    return command(
        "governance", name, request=request, reply=shapes.FilingDetail, allow=("chair",), doc=doc, title=title
    )


def _reviews(name: str, request: type[Schema], doc: str, title: str) -> Operation:
    return command(
        "governance", name, request=request, reply=shapes.FilingDetail, allow=("officer",), doc=doc, title=title
    )


list_filings = query(
    "governance", "list_filings", request=requests.ListFilings, reply=Page(shapes.Filing), allow=_READS,
    doc="Filings of units' congresses, by year or by their last day.", title="查看二级教代会备案",
)  # fmt: skip
get_filing = query(
    "governance", "get_filing", request=requests.FilingRef, reply=shapes.FilingDetail, allow=_READS,
    doc="One filing with plan, record, checklist, documents and guidance.", title="查看一份二级教代会备案",
)  # fmt: skip
compare_filings = query(
    "governance", "compare_filings", request=requests.CompareFilings, reply=Page(shapes.UnitCompared), allow=_OFFICES,
    doc="Units over the years: when they met, who came, what they resolved.", title="比较各分工会二级教代会",
)  # fmt: skip
filing_figures = query(
    "governance", "filing_figures", request=requests.FilingYears, reply=shapes.FilingFigures, allow=_OFFICES,
    doc="The years in counts of units: accepted, to be reviewed, open, overdue.", title="查看二级教代会备案统计",
)  # fmt: skip
open_filing_document = query(
    "governance", "open_filing_document", request=requests.FilingDocumentRef, reply=FileContent, allow=_READS,
    doc="A document of a filing; members get none with people's names.", title="打开二级教代会材料",
)  # fmt: skip
open_filings = command(
    "governance", "open_filings", request=requests.OpenFilings, reply=shapes.OpenedFilings, allow=("officer",),
    doc="Ask every unit with members to file for a year; this year's are opened by themselves.",
    title="开始一年的二级教代会备案",
)  # fmt: skip
submit_filing_plan = _files("submit_filing_plan", requests.SubmitPlan, "File the plan.", "报送二级教代会计划")
save_filing_record = _files("save_filing_record", requests.SaveRecord, "Keep the record.", "填写二级教代会记录")
add_filing_resolution = _files(
    "add_filing_resolution", requests.AddFilingResolution, "Add a resolution; the rule says whether it passed.",
    "登记二级教代会决议",
)  # fmt: skip
remove_filing_resolution = _files(
    "remove_filing_resolution", requests.FilingResolutionRef, "Take a resolution off the record.", "删除二级教代会决议"
)
answer_filing_checks = _files(
    "answer_filing_checks", requests.AnswerChecks, "Answer items of the checklist.", "填写二级教代会检查表"
)
attach_filing_document = _files(
    "attach_filing_document", requests.AttachFilingDocument, "Add a document; it is stored encrypted.",
    "上传二级教代会材料",
)  # fmt: skip
remove_filing_document = _files(
    "remove_filing_document", requests.FilingDocumentRef, "Remove a document.", "删除二级教代会材料"
)
submit_filing_record = _files(
    "submit_filing_record", requests.FilingRef, "File the record with checklist and documents.", "报送二级教代会记录"
)
answer_filing_guidance = _files(
    "answer_filing_guidance", requests.AnswerGuidance, "Answer the union's guidance.", "答复指导意见"
)
review_filing = _reviews(
    "review_filing", requests.ReviewFiling, "Accept a plan or record, or return it.", "审核二级教代会备案"
)
write_filing_guidance = _reviews(
    "write_filing_guidance", requests.WriteGuidance, "Give the unit guidance, which it is to answer.", "填写指导意见"
)
waive_filing = _reviews("waive_filing", requests.MoveFiling, "Let a unit off for the year.", "免报二级教代会")
require_filing = _reviews(
    "require_filing", requests.MoveFiling, "Ask a unit that was let off after all.", "恢复报送二级教代会"
)
reopen_filing = _reviews(
    "reopen_filing", requests.MoveFiling, "Let an accepted record be corrected.", "重新打开二级教代会备案"
)
