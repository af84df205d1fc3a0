"""Clubs of the union: founding with a charter, members, officers with terms, grants, activities, yearly review."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoKind
from gateway.subjects.activities.clubs import (
    api,
    finding,
    grant_pages,
    list_pages,
    member_pages,
    pages,
    president_pages,
    projections,
    rule_messages,
)
from services.contracts.activities.clubs.events import ClubChanged, ClubJoined, ClubLeft
from services.contracts.activities.clubs.vocabulary import CLUB_MEMBERSHIP_STEPS, CLUB_REVIEW_STEPS, CLUB_STEPS

_CONSOLE = ("console_club", "club_members", "club_grants", "club_reviews", "new_club_grant", "link_club_activity")
_OFFICER = frozenset({"officer"})
_CHANGES = {
    "founded": _l("您发起的协会批准成立了，您是会长"),
    "refused": _l("您发起的协会没有获得批准，请看说明"),
    "suspended": _l("您的协会暂停活动了，请看原因"),
    "resumed": _l("您的协会恢复活动了"),
    "review_returned": _l("协会的年度总结退回了，请修改后重新提交"),
}
_CAUSES = {
    "refused": _l("您的入会申请没有获得会长同意"),
    "removed": _l("您已被移出协会，请看原因"),
    "dissolved": _l("您参加的协会解散了"),
    "not_founded": _l("您支持的协会没有成立"),
}


def _change(params: Mapping[str, Any]) -> str | None:
    words = _CHANGES.get(str(params.get("change")))
    return str(words) if words else None


def _cause(params: Mapping[str, Any]) -> str | None:
    words = _CAUSES.get(str(params.get("cause")))
    return str(words) if words else None


SUBJECT = Subject(
    "clubs",
    __doc__,
    rules=rule_messages.RULES,
    steps={"club": CLUB_STEPS, "club_membership": CLUB_MEMBERSHIP_STEPS, "club_review": CLUB_REVIEW_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, grant_pages.PAGES, list_pages.PAGES, member_pages.PAGES, president_pages.PAGES),
    menu=(
        MenuItem("console_clubs", _l("协会"), "people", "activities", frozenset({"officer", "auditor"}), also=_CONSOLE),
        MenuItem("clubs", _l("文体协会"), "people", "own_benefits", also=("club", "my_clubs", "new_club", "run_club")),
    ),
    todos={
        projections.APPLICATION: TodoKind(
            "people", "console_club", "/clubs/{}", "club_id",
            notice=NoticeText(_l("有会员申请成立协会，请审核章程和发起人数。"), private=False), roles=_OFFICER,
        ),
        projections.TO_APPROVE: TodoKind(
            "person-plus", "run_club", "/clubs/{}", "club_id",
            notice=NoticeText(_l("有会员申请加入您的协会，请处理。"), private=False),
        ),
        projections.REVIEW_DUE: TodoKind(
            "clipboard-check", "run_club", "/clubs/{}", "club_id",
            notice=NoticeText(_l("请提交协会的年度总结。"), private=False),
        ),
        projections.REVIEW_TO_DECIDE: TodoKind(
            "clipboard-check", "console_club", "/clubs/{}", "club_id",
            notice=NoticeText(_l("有协会提交了年度总结，请评议。"), private=False), roles=_OFFICER,
        ),
        projections.TERM_ENDING: TodoKind(
            "person-badge", "console_club", "/clubs/{}", "club_id",
            notice=NoticeText(_l("有协会负责人任期将满，请安排改选或改聘。"), private=False), roles=_OFFICER,
        ),
    },
    news={
        "club_changed": NewsKind(
            _l("您的协会有变动"), "people", "club", "club_id", shade=_change,
            notice=NoticeText(_l("请在协会页面查看。"), private=False),
        ),
        "club_joined": NewsKind(
            _l("您已加入协会"), "people", "club", "club_id",
            notice=NoticeText(_l("请在协会页面查看活动安排。"), private=False),
        ),
        "club_left": NewsKind(
            _l("您已不在协会里"), "people", "my_clubs", shade=_cause,
            notice=NoticeText(_l("请在“我的协会”里查看原因。")),
        ),
    },
    reactions=(
        Reaction(ClubChanged, projections.on_changed),
        Reaction(ClubJoined, projections.on_joined),
        Reaction(ClubLeft, projections.on_left),
    ),
    search=(SearchKind("club", _l("协会"), "people", "/clubs/{id}", finding.shown, find=finding.find),),
    help=Help(
        _l("文体协会"),
        _l("会员发起、校工会批准成立的文体协会，有章程、有负责人、有经费、有评议。"),
        (
            _l("会员填写名称、宗旨，上传章程，其他会员在协会页面表示支持；达到人数后校工会批准成立。"),
            _l("发起人是首任会长；会员自由加入，或由会长同意后加入，随时可以退出。"),
            _l("会长起草活动，校工会发布；也可以把日历里的活动归入协会。"),
            _l("校工会每年核定活动经费，写明决定文号，从预算项目列支，未予入账的写明规则。"),
            _l("会长每年提交总结，活动次数和人次由系统统计；连续不合格按制度标准暂停活动。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
