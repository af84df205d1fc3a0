"""Operations of hardship: the registry, applications for aid, their papers and decisions.

The reason and the papers of an application are for the applicant and the officers who decide; a chair forwards without
either and without the kind; auditors see sums and decisions.
"""

from __future__ import annotations

from services.chassis.schema import Empty, Page, PageRequest, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.hardship import requests, shapes

_OFFICE = ("officer", "auditor")

open_hardship_record = command(
    "welfare", "open_hardship_record", request=requests.OpenHardshipRecord, reply=shapes.HardshipRecordDetail,
    allow=("officer",), doc="Take a member into the registry of members in hardship.", title="建立困难职工档案",
)  # fmt: skip
list_hardship_records = query(
    "welfare", "list_hardship_records", request=requests.ListHardshipRecords, reply=Page(shapes.HardshipRecord),
    allow=_OFFICE, doc="The registry of members in hardship, by review or by day.", title="查看困难职工档案",
)  # fmt: skip
get_hardship_record = query(
    "welfare", "get_hardship_record", request=requests.RecordRef, reply=shapes.HardshipRecordDetail, allow=_OFFICE,
    doc="One record of the registry with its reviews.", title="查看一份困难职工档案",
)  # fmt: skip
review_hardship_record = command(
    "welfare", "review_hardship_record", request=requests.ReviewHardshipRecord, reply=shapes.HardshipRecordDetail,
    allow=("officer",), doc="The yearly review of a record: kept, regraded or ended.", title="复核困难职工档案",
)  # fmt: skip
unmask_hardship_record = command(
    "welfare", "unmask_hardship_record", request=requests.UnmaskRecord, reply=shapes.PlainText, allow=("officer",),
    doc="What is written of a member's circumstances, for a purpose that is logged.", title="查看困难职工家庭情况",
    delegable=False,
)  # fmt: skip
my_hardship_records = query(
    "welfare", "my_hardship_records", request=PageRequest, reply=Page(shapes.MyHardshipRecord), allow=("member",),
    doc="One's own records in the registry.", title="查看自己的困难职工档案",
)  # fmt: skip
draft_aid_application = command(
    "welfare", "draft_aid_application", request=requests.DraftAidApplication, reply=shapes.AidApplication,
    allow=("member",), doc="Begin one's own application for aid.", title="填写帮扶申请",
)  # fmt: skip
change_aid_draft = command(
    "welfare", "change_aid_draft", request=requests.ChangeAidDraft, reply=shapes.AidApplication, allow=("member",),
    doc="Change one's own draft of an application.", title="修改帮扶申请草稿",
)  # fmt: skip
submit_aid_application = command(
    "welfare", "submit_aid_application", request=requests.ApplicationStep, reply=shapes.AidApplication,
    allow=("member",), doc="Hand in one's own application with its papers.", title="提交帮扶申请",
)  # fmt: skip
withdraw_aid_application = command(
    "welfare", "withdraw_aid_application", request=requests.ApplicationStep, reply=shapes.AidApplication,
    allow=("member",), doc="Withdraw one's own application before it is decided; its papers are erased.",
    title="撤回帮扶申请",
)  # fmt: skip
my_aid_applications = query(
    "welfare", "my_aid_applications", request=PageRequest, reply=Page(shapes.MyAidApplication), allow=("member",),
    doc="One's own applications for aid, newest first.", title="查看自己的帮扶申请",
)  # fmt: skip
attach_aid_paper = command(
    "welfare", "attach_aid_paper", request=requests.AttachAidPaper, reply=shapes.AidEvidence, allow=("member",),
    doc="Attach a paper to one's own application before it is submitted.", title="上传帮扶证明材料",
)  # fmt: skip
remove_aid_paper = command(
    "welfare", "remove_aid_paper", request=requests.PaperRef, reply=Empty, allow=("member",),
    doc="Remove a paper of one's own application before it is submitted.", title="删除帮扶证明材料",
)  # fmt: skip
open_aid_paper = command(
    "welfare", "open_aid_paper", request=requests.OpenAidPaper, reply=FileContent, allow=("officer", "member"),
    doc="The file of a paper, for the applicant and the officers who decide; the look is logged.",
    title="打开帮扶证明材料", delegable=False,
)  # fmt: skip
unmask_aid_application = command(
    "welfare", "unmask_aid_application", request=requests.UnmaskAid, reply=shapes.PlainText, allow=("officer",),
    doc="Why aid is asked for, or what the committee said, for a purpose that is logged.",
    title="查看帮扶申请理由", delegable=False,
)  # fmt: skip
list_aid_applications = query(
    "welfare", "list_aid_applications", request=requests.ListAidApplications, reply=Page(shapes.AidApplication),
    allow=("officer", "chair", "auditor"), doc="Applications for aid; a chair's own unit, without their kind.",
    title="查看帮扶申请",
)  # fmt: skip
get_aid_application = query(
    "welfare", "get_aid_application", request=requests.ApplicationRef, reply=shapes.AidApplicationDetail,
    allow=("officer", "chair", "auditor"), doc="One application for aid with its steps.", title="查看一份帮扶申请",
)  # fmt: skip
list_aid_accesses = query(
    "welfare", "list_aid_accesses", request=requests.ListAidAccesses, reply=Page(shapes.HardshipAccess),
    allow=("officer", "auditor", "member"), doc="Who looked at an application; members: their own.",
    title="查看谁看过帮扶申请",
)  # fmt: skip
hardship_figures = query(
    "welfare", "hardship_figures", request=requests.FiguresRequest, reply=shapes.HardshipFigures, allow=_OFFICE,
    doc="Applications, sums of the year, and the registry in figures.", title="查看帮扶统计",
)  # fmt: skip
forward_aid_application = command(
    "welfare", "forward_aid_application", request=requests.ApplicationStep, reply=shapes.AidApplicationDetail,
    allow=("officer", "chair"), doc="Forward a unit's application to the union, unread.", title="转交帮扶申请",
)  # fmt: skip
take_up_aid_application = command(
    "welfare", "take_up_aid_application", request=requests.ApplicationStep, reply=shapes.AidApplicationDetail,
    allow=("officer",), doc="Take up a forwarded application for the committee.", title="受理帮扶申请",
)  # fmt: skip
return_aid_application = command(
    "welfare", "return_aid_application", request=requests.ReturnAidApplication, reply=shapes.AidApplicationDetail,
    allow=("officer",), doc="Give an application back to be completed.", title="退回帮扶申请补充",
)  # fmt: skip
decide_aid_application = command(
    "welfare", "decide_aid_application", request=requests.DecideAidApplication, reply=shapes.AidApplicationDetail,
    allow=("officer",), doc="Record the committee's decision: who was present, the sum, and why.",
    title="登记帮扶评审结论", delegable=False,
)  # fmt: skip
pay_aid_again = command(
    "welfare", "pay_aid_again", request=requests.ApplicationStep, reply=shapes.AidApplicationDetail,
    allow=("officer",), doc="Put a refused or reversed payment to the funds again.", title="重新申报帮扶金",
)  # fmt: skip
close_aid_application = command(
    "welfare", "close_aid_application", request=requests.ApplicationStep, reply=shapes.AidApplicationDetail,
    allow=("officer",), doc="Close a paid application.", title="办结帮扶申请",
)  # fmt: skip
