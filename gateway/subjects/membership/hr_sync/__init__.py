"""Synchronisation with the campus HR system: what it delivers, the differences, what is done about them."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import OFFICE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.membership.hr_sync import api, pages, rule_messages

SUBJECT = Subject(
    "hr_sync",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(
        MenuItem(
            "hr_differences",
            _l("人事同步"),
            "arrow-repeat",
            "organisation",
            OFFICE_ROLES,
            also=("hr_difference", "hr_rounds", "confirm_hr"),
        ),
    ),
    jobs=(
        JobKind("apply_hr_differences", _l("采用人事差异"), page="hr_differences"),
        JobKind("pull_hr_changes", _l("读取人事系统"), page="hr_differences"),
    ),
    help=Help(
        _l("人事同步"),
        _l("学校人事系统与会员档案不一致时，在这里核对后采用或忽略。"),
        (
            _l("人事数据定时收到，也可以立即读取。"),
            _l("干部逐条或整批采用，采用时仍按工会的规则办理。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
