"""Examinations: yearly campaigns, appointments, coverage by unit; never what was found."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.welfare.examinations import (
    api,
    campaign_pages,
    desk_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.welfare.examinations.events import ExaminationDue, ExaminationToClose, ExaminationUnbooked
from services.contracts.welfare.examinations.operations import list_examinations

_CONSOLE_PAGES = (
    "examination", "examination_hospitals", "new_examination", "new_examination_hospital", "examinees",
    "not_eligible", "unbooked", "examination_coverage", "confirm_examination_reminder", "examination_slot",
    "examination_desk", "book_for_member",
)  # fmt: skip

_DETAILS = TodoDetails(list_examinations, name="title")

SUBJECT = Subject(
    "examinations",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, campaign_pages.PAGES, desk_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("my_examinations", _l("体检"), "clipboard2-pulse", "own_benefits"),
        MenuItem("examinations", _l("体检"), "clipboard2-pulse", "welfare", CONSOLE_ROLES, also=_CONSOLE_PAGES),
    ),
    news={
        "examination_due": NewsKind(
            _l("请预约体检"),
            "clipboard2-pulse",
            "my_examinations",
            notice=NoticeText(_l("%(title)s：请在 %(until)s 前预约。")),
        ),
    },
    todos={
        projections.REMIND: TodoKind(
            "clipboard2-pulse",
            "unbooked",
            "/welfare/examinations/{}/unbooked",
            "examination_id",
            notice=NoticeText(_l("本分工会有 %(people)s 名会员还没有预约体检，请提醒。"), private=False),
            roles=frozenset({"chair"}),
            details=_DETAILS,
        ),
        projections.CLOSE: TodoKind(
            "check-circle",
            "examination",
            "/welfare/examinations/{}",
            "examination_id",
            notice=NoticeText(_l("有一次体检的预约和时段都已结束，请登记到检情况后结束。"), private=False),
            roles=frozenset({"officer"}),
            details=_DETAILS,
        ),
    },
    reactions=(
        Reaction(ExaminationDue, projections.note_due, batch=True),
        Reaction(ExaminationUnbooked, projections.on_unbooked),
        Reaction(ExaminationToClose, projections.on_to_close),
    ),
    help=Help(
        _l("体检"),
        _l("每年一次：定套餐和时段，生成名单，会员预约，登记到检，看各分工会的覆盖率。"),
        (
            _l("校工会添加医院、套餐和时段，开放后系统按性别和年龄生成名单并通知会员。"),
            _l("会员预约、改约或取消；没有预约的由校工会或分工会主席提醒。"),
            _l("体检当天扫会员卡或按名单登记到检。体检结果不进系统。"),
        ),
    ),
    jobs=(
        JobKind("list_examinees", _l("生成体检名单"), page="examinations"),
        JobKind("remind_examinees", _l("提醒预约体检"), page="examinations"),
    ),
    templates=Path(__file__).parent / "templates",
)
