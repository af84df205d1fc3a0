"""Units' own congresses: yearly filings, review, guidance, comparison."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NoticeText, Subject, TodoDetails, TodoKind, each
from gateway.subjects.governance.unit_congresses import (
    api,
    filing_pages,
    finding,
    form_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.governance.unit_congresses import events
from services.contracts.governance.unit_congresses.operations import list_filings
from services.contracts.governance.unit_congresses.vocabulary import FILING_STEPS

_DETAILS = TodoDetails(list_filings, facts=lambda one: (str(one["year"]),), asks={"show": "all"})
_CHAIR, _OFFICER = frozenset({"chair"}), frozenset({"officer"})

SUBJECT = Subject(
    "unit_congresses",
    __doc__,
    rules=rule_messages.RULES,
    steps={"filing": FILING_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, filing_pages.PAGES, form_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "filings", _l("二级教代会"), "journal-check", "democracy", CONSOLE_ROLES,
            also=("filing", "filing_plan", "filing_record", "filing_checks", "filings_compared"),
        ),
        MenuItem("my_filings", _l("分工会教代会"), "journal-check", "own_benefits", also=("filing",)),
    ),
    todos={
        "filing": TodoKind(
            "journal-check", "filing", "/governance/filings/{}", "filing_id", roles=_CHAIR, details=_DETAILS,
            notice=NoticeText(_l("本分工会的二级教代会有材料要报送，请在期限前办理。")),
        ),
        "filing_review": TodoKind(
            "journal-check", "filing", "/governance/filings/{}", "filing_id", roles=_OFFICER, details=_DETAILS,
            notice=NoticeText(_l("有分工会报送了二级教代会材料，请审核。")),
        ),
        "filing_guidance": TodoKind(
            "journal-check", "filing", "/governance/filings/{}", "filing_id", roles=_CHAIR, details=_DETAILS,
            notice=NoticeText(_l("校工会对本分工会的二级教代会有指导意见，请答复。")),
        ),
    },
    reactions=(
        *each(
            projections.on_filing, events.FilingOpened, events.FilingSubmitted, events.FilingReviewed,
            events.FilingWaived, events.FilingDue, events.FilingOverdue,
        ),
        *each(projections.on_guidance, events.FilingGuidanceGiven, events.FilingGuidanceAnswered),
    ),
    search=(
        SearchKind(
            "filing", _l("二级教代会"), "journal-check", "/governance/filings/{id}", finding.shown, find=finding.find,
        ),
    ),
    help=Help(
        _l("二级教代会"),
        _l("各分工会每年召开教职工代表大会或教职工大会，向校工会报送计划和记录，由校工会指导、备案。"),
        (
            _l("每年开始后各分工会自动列入；计划和记录的截止日期、须交的材料由校工会在“制度标准”里设定。"),
            _l("分工会主席报送计划：时间、议程、代表人数。满规定人数的召开代表大会，不满的召开教职工大会。"),
            _l("校工会同意计划后，分工会开会，填写到会人数、决议、检查表，上传材料，报送记录。"),
            _l("校工会可以写指导意见，分工会答复后才能报送；材料不全的退回并写明原因。"),
            _l("备案后本分工会的会员可以查看；到期前和逾期后各提醒一次。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
