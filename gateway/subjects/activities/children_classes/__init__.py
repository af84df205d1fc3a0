"""Classes for members' children: terms, registering with a guardian's consent, collecting, days, fees."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.children_classes import (
    api,
    class_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.activities.children_classes.events import ChildConfirmed, ChildWithdrawn
from services.contracts.activities.children_classes.vocabulary import CHILD_STEPS

_CONSOLE = (
    "console_children_class", "children_terms", "new_children_term", "edit_children_term", "new_children_class",
    "edit_children_class", "guardian_consent", "children_day", "open_child",
)  # fmt: skip
_CAUSES = {
    "by_officer": _l("校工会让您的孩子退出了托班，请看原因"),
    "not_reached": _l("候补的托班没有轮到您的孩子"),
    "no_member": _l("因会籍变化，您的孩子退出了托班"),
}


def _cause(params: Mapping[str, Any]) -> str | None:
    words = _CAUSES.get(str(params.get("cause")))
    return str(words) if words else None


SUBJECT = Subject(
    "children_classes",
    __doc__,
    rules=rule_messages.RULES,
    steps={"child_registration": CHILD_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, class_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "console_children_classes", _l("子女托班"), "heart", "activities", frozenset({"officer", "auditor"}),
            also=_CONSOLE,
        ),
        MenuItem(
            "children_classes", _l("子女托班"), "heart", "own_benefits",
            also=("children_class", "my_children", "own_child"),
        ),
    ),
    news={
        "child_confirmed": NewsKind(
            _l("候补的托班轮到您的孩子了"), "heart", "my_children",
            notice=NoticeText(_l("请在“我的孩子”里查看；不能参加请尽早退出，让给别人。")),
        ),
        "child_withdrawn": NewsKind(
            _l("您的孩子退出了托班"), "heart", "my_children", shade=_cause,
            notice=NoticeText(_l("请在“我的孩子”里查看原因。")),
        ),
    },
    reactions=(
        Reaction(ChildConfirmed, projections.on_confirmed),
        Reaction(ChildWithdrawn, projections.on_withdrawn),
    ),
    help=Help(
        _l("子女托班"),
        _l("教职工子女体育锻炼托班：报名、候补、接送、点名、缴费；孩子的资料加密保存，到期删除。"),
        (
            _l("校工会新增学期和班级：年龄、名额、时间、费用；“制度标准”里要有资料保存期限才能报名。"),
            _l("会员阅读同意书并勾选后给孩子报名，写明紧急联系电话和接孩子的人；满员则候补，有人退出按次序递补。"),
            _l("当天的接送名单写明用途后打开、打印，并登记出勤；每次查看监护人都能看到。"),
            _l("缴费由校工会登记；退出后资料立即删除，学期结束后按期限删除。"),
        ),
        _l("个人信息保护法第二十八条、第二十九条、第三十一条、第四十七条"),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
