"""Money and activities of clubs in the console: granting, asking the funds again, which activities are a club's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.clubs.pages import here
from services.chassis.clock import today
from services.contracts.activities.calendar.operations import list_activities
from services.contracts.activities.clubs import clubs as contract
from services.contracts.activities.clubs import work
from services.contracts.governance.funds.budget import list_budget_lines

PAGES = PageTable()


def line_choices() -> dict[str, Any]:
    """Return the lines of this year's budget that money of the union is spent from, by code."""
    lines = part(list_budget_lines, {"year": today().year}).items
    return {one["code"]: name_of(one) for one in lines if one["funding_source"] == "union"}


@PAGES.route("/console/clubs/<uuid:club_id>/grant", methods=["GET", "POST"])
@only("officer")
def new_club_grant(club_id: UUID) -> str | Response | tuple[str, int]:
    """Decide what a club gets in a year."""
    club = call(contract.get_club, {"club_id": str(club_id)})
    lines = line_choices()
    fields: tuple[Field | str, ...] = (
        "year", "amount",
        Field("line_code", control="select", choices=lines) if lines else "line_code",
        Field("decision", hint=_l("例如“校工会委员会 2026 年第 3 次会议”。")), "decided_on",
    )  # fmt: skip
    posted = request.form if request.method == "POST" else None
    values = {"year": today().year, "decided_on": today().isoformat()}
    form = Form(work.GrantClub, fields, values=values, posted=posted)
    made = submit(form, work.grant_club, club_id=str(club_id)) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("核定活动经费"), back=here(club_id), words=club["name"],
            lead=gettext("每年核定一次，决定后从预算项目列支；未予入账的，在协会页面看到规则后重新申报。"),
            button=gettext("核定"),
        )  # fmt: skip
    flash(gettext("经费已核定，等待入账。"), "done")
    return go(here(club_id))


@PAGES.post("/console/clubs/<uuid:club_id>/grants/<uuid:grant_id>/again")
@only("officer")
def ask_club_grant_again(club_id: UUID, grant_id: UUID) -> Response:
    """Ask the funds again."""
    done = gettext("已重新申报，等待入账。")
    return act(work.ask_club_grant_again, {"grant_id": str(grant_id)}, done=done, then=here(club_id))


@PAGES.route("/console/clubs/<uuid:club_id>/activities/link", methods=["GET", "POST"])
@only("officer")
def link_club_activity(club_id: UUID) -> str | Response | tuple[str, int]:
    """Choose an activity of the calendar that the club holds."""
    club = call(contract.get_club, {"club_id": str(club_id)})
    found = part(list_activities, {"limit": 100, "sort": "-starts_at"}).items
    choices = {one["id"]: f"{one['starts_at'][:10]} {one['title']}" for one in found if one["state"] != "cancelled"}
    posted = request.form if request.method == "POST" else None
    fields = (Field("activity_id", control="select", choices=choices, required=True, blank=_l("请选择"), wide=True),)
    form = Form(work.ClubActivityRef, fields, posted=posted)
    made = submit(form, work.link_club_activity, club_id=str(club_id)) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("把活动归入协会"), back=here(club_id), words=club["name"],
            lead=gettext("列出最近的 100 项活动；归入后计入协会的年度统计。"), button=gettext("归入"),
        )  # fmt: skip
    flash(gettext("活动已归入协会。"), "done")
    return go(here(club_id))


@PAGES.post("/console/clubs/<uuid:club_id>/activities/<uuid:activity_id>/unlink")
@only("officer")
def unlink_club_activity(club_id: UUID, activity_id: UUID) -> Response:
    """Say that the club does not hold an activity."""
    payload = {"club_id": str(club_id), "activity_id": str(activity_id)}
    return act(work.unlink_club_activity, payload, done=gettext("活动已不再归入协会。"), then=here(club_id))
