"""Lists of clubs: the members of one, grants and reviews of all."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import unit_choices
from gateway.portal.service_calls import part
from gateway.rpc.calls import whole_names_of
from services.contracts.activities.clubs import clubs as contract
from services.contracts.activities.clubs import members, work
from services.contracts.activities.clubs.vocabulary import CLUB_POSTS

PAGES = PageTable()
_COLUMNS = (
    "member_id", "unit_id", Column("state", state=True), "applied_at", "joined_on",
    Column("left_on", optional=True), Column("cause", optional=True), Column("note", on_page=False),
    actions("of_membership"),
)  # fmt: skip


def club_choices() -> dict[str, Any]:
    """Return the clubs by id."""
    return {one["id"]: one["name"] for one in part(contract.list_clubs, {"limit": 100}).items}


def _named(shown: Shown) -> dict[str, Any]:
    """Return the names of members in whole: who may read the list of a club runs it."""
    ids = [one["member_id"] for one in shown.found.items if one["member_id"]]
    return {"title": shown.about["name"], "people": whole_names_of(ids) if ids else {}, "posts": CLUB_POSTS.texts}


CONSOLE_MEMBERS = PAGES.add_list(
    ListPage(
        "club_members", "/console/clubs/<uuid:club_id>/members", members.list_club_members, _l("协会会员"),
        columns=_COLUMNS,
        roles=("officer", "auditor"),
        filters=("state", Field("unit_id", choices=unit_choices)),
        lead=_l("默认列出现有会员和等待同意的申请。"),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        about=contract.get_club,
        back=("console_clubs", _l("协会")),
        more=lambda shown: {"title": shown.about["name"], "posts": CLUB_POSTS.texts},
        macros="portal/parts/clubs.html",
        export=ListExport(title=_l("协会会员")),
    )
)  # fmt: skip

OWN_MEMBERS = PAGES.add_list(
    ListPage(
        "own_club_members", "/clubs/<uuid:club_id>/members", members.list_club_members, _l("协会会员"),
        columns=_COLUMNS,
        roles=("member",),
        filters=("state",),
        lead=_l("默认列出现有会员和等待同意的申请；名单只用于协会活动。"),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        about=contract.get_club,
        back=("clubs", _l("文体协会")),
        more=_named,
        macros="portal/parts/clubs.html",
        layout="member",
    )
)  # fmt: skip

GRANTS = PAGES.add_list(
    ListPage(
        "club_grants", "/console/club-grants", work.list_club_grants, _l("协会活动经费"),
        columns=(
            "club_name", "year", "amount", Column("line_code"), "decision", "decided_on",
            Column("state", state=True), Column("refused_code", on_page=False),
        ),
        roles=("officer", "auditor"),
        filters=("year", "state", Field("club_id", choices=club_choices)),
        lead=_l("每个协会每年核定一次，从工会经费的预算项目列支。"),
        empty=_l("还没有核定过协会经费。"),
        icon="cash-stack",
        link="console_club",
        argument="club_id",
        back=("console_clubs", _l("协会")),
        export=ListExport(personal=False),
    )
)  # fmt: skip

REVIEWS = PAGES.add_list(
    ListPage(
        "club_reviews", "/console/club-reviews", work.list_club_reviews, _l("协会年度评议"),
        columns=(
            "club_name", "year", Column("state", state=True), "due_on", "activities_held", "attended", "members",
            Column("verdict", state=True), Column("report", on_page=False), Column("note", on_page=False),
            Column("decided_on", on_page=False),
        ),
        roles=("officer", "auditor"),
        filters=("year", "state", Field("club_id", choices=club_choices)),
        lead=_l("活动次数和参加人次按归入协会、已登记举办的活动统计。"),
        empty=_l("还没有年度评议。"),
        icon="clipboard-check",
        link="console_club",
        argument="club_id",
        back=("console_clubs", _l("协会")),
        export=ListExport(personal=False),
    )
)  # fmt: skip
