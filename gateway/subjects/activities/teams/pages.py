"""Teams of an activity: the list for members and for organisers, and what holds for teams."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.formats import span
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from services.contracts.activities.teams import operations as contract
from services.contracts.activities.teams.shapes import SetTeams

PAGES = PageTable()
_SET = ("least", "most", "most_substitutes", "most_of_unit", "locks_at", "takes_seat")


def _beside(shown: Shown) -> dict[str, Any]:
    mine = part(contract.list_teams, {**shown.named, "mine": True, "limit": 5})
    above = url_for("portal.activity", activity_id=shown.named["activity_id"])
    title = gettext("组队：%(title)s", title=shown.about["title"])
    return {"mine": mine, "title": title, "back": (above, gettext("活动")), "lead": _when(shown)}


def _when(shown: Shown) -> str:
    return span(shown.about["starts_at"], shown.about["ends_at"])


TEAMS = PAGES.add_list(
    ListPage(
        "teams", "/activities/<uuid:activity_id>/teams", contract.list_teams, _l("组队"),
        columns=(),
        roles=("member",),
        filters=(Field("q", control="search"),),
        empty=_l("还没有队，来组第一个队吧。"),
        icon="people",
        about=contract.get_team_setting,
        more=_beside,
        template="portal/member/teams.html",
        layout="member",
    )
)  # fmt: skip


def _of_console(shown: Shown) -> dict[str, Any]:
    above = url_for("portal.console_activity", activity_id=shown.named["activity_id"])
    title = gettext("参赛队：%(title)s", title=shown.about["title"])
    return {"title": title, "back": (above, gettext("活动")), "lead": _when(shown)}


CONSOLE_TEAMS = PAGES.add_list(
    ListPage(
        "console_teams", "/console/activities/<uuid:activity_id>/teams", contract.list_teams, _l("参赛队"),
        columns=(
            "name", "unit_id", Column("captain_id", how="member"), Column("state", state=True), "players",
            "substitutes", "invited", Column("founded_at", on_page=False), Column("confirmed_at", optional=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("q", control="search"), Field("state", blank=_l("全部")), Field("unit_id", choices=unit_choices),
        ),
        empty=_l("还没有队。"),
        icon="people",
        link="team",
        argument="team_id",
        along=("activity_id",),
        about=contract.get_team_setting,
        more=_of_console,
        template="portal/console/teams.html",
        export=ListExport(title=_l("参赛队")),
    )
)  # fmt: skip


@PAGES.post("/activities/<uuid:activity_id>/teams")
@only("member")
def found_team(activity_id: UUID) -> Response:
    """Found a team."""
    payload = {"activity_id": str(activity_id), "name": request.form.get("name", "").strip()}

    def opened(team: Any) -> str:
        return url_for("portal.team", activity_id=activity_id, team_id=team["id"])

    then = url_for("portal.teams", activity_id=activity_id)
    return act(contract.found_team, payload, done=gettext("已组队，请邀请队员。"), then=then, opens=opened)


@PAGES.route("/console/activities/<uuid:activity_id>/teams/setting", methods=["GET", "POST"])
@only("officer", "chair")
def set_teams(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Show and take what holds for teams."""
    found = call(contract.get_team_setting, {"activity_id": str(activity_id)})
    usual = {"least": 5, "most": 8, "most_substitutes": 2, "takes_seat": True, "locks_at": found["starts_at"]}
    here = url_for("portal.console_teams", activity_id=activity_id)
    posted = request.form if request.method == "POST" else None
    fields = (*_SET[:3], Field("most_of_unit", hint=_l("不填就不限。")), *_SET[4:])
    form = Form(SetTeams, fields, values=found["setting"] or usual, posted=posted)
    if posted is None or submit(form, contract.set_teams, activity_id=str(activity_id)) is None:
        return form_page(form, title=gettext("组队规则"), back=here, words=gettext("参赛队"))
    flash(gettext("组队规则已保存。"), "done")
    return go(here)
