"""One team: its line-up, asking players, answering, leaving, confirming, ending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity.current import current_principal
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, attempt, carry_out, go, send
from gateway.rpc.calls import SYSTEM_PRINCIPAL, call, whole_names_of
from services.chassis.errors import Refused
from services.contracts.activities.teams import operations as contract
from services.contracts.activities.teams.shapes import InvitePlayers
from services.contracts.membership.record.numbers import members_by_number

PAGES = PageTable()
_NUMBERS = "60/minute"
_MOST_TYPED = 30


@PAGES.get("/activities/<uuid:activity_id>/teams/<uuid:team_id>")
@only("member", "officer", "chair", "auditor")
def team(activity_id: UUID, team_id: UUID) -> str:
    """Show a team to its players and to organisers."""
    found = call(contract.get_team, _ref(activity_id, team_id))
    setting = call(contract.get_team_setting, {"activity_id": str(activity_id)})
    line_up = [*found["line_up"], {"member_id": found["captain_id"]}]
    # Activities has said that the reader plays in the team or organises; players know each other by name.
    people = (
        whole_names_of([one["member_id"] for one in line_up]) if found["own_state"] else names(line_up, "member_id")
    )
    of_console = found["own_state"] is None and bool(current_principal().roles & {"officer", "chair", "auditor"})
    return render_template(
        "portal/member/team.html", frame="portal/console.html" if of_console else "portal/member.html",
        team=found, about=setting, setting=setting["setting"], people=people, of_console=of_console,
        activity_id=activity_id,
    )  # fmt: skip


@PAGES.post("/activities/<uuid:activity_id>/teams/<uuid:team_id>/players")
@only("member", "officer", "chair")
def invite_players(activity_id: UUID, team_id: UUID) -> Response:
    """Ask the members whose numbers were typed."""

    def invited() -> Any:
        member_ids = _numbered(request.form.get("numbers", ""))
        asked = {"member_ids": member_ids, "role": request.form.get("role", "player")}
        return send(contract.invite_players, {**_ref(activity_id, team_id), **asked, **_reason()})

    return carry_out(invited, done=gettext("邀请已发出。"), then=_here(activity_id, team_id))


@PAGES.route("/console/activities/<uuid:activity_id>/teams/<uuid:team_id>/players/new", methods=["GET", "POST"])
@only("officer", "chair")
def ask_player(activity_id: UUID, team_id: UUID) -> str | Response | tuple[str, int]:
    """Ask somebody who is searched for by name, as organiser."""
    sought, here = sought_member(), _here(activity_id, team_id)
    fields = (
        Field("member_ids", label=_l("会员"), choices=sought.choices, control="select"), Field("role", blank=None),
        Field("reason", hint=_l("名单锁定以后必须填写。")),
    )  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(InvitePlayers, fields, values={"role": "player"}, posted=posted)
    if posted is None or attempt(form, lambda: _asked(form, activity_id, team_id)) is None:
        return form_page(
            form, title=gettext("邀请队员"), back=here, words=gettext("参赛队"), sought=sought, button=gettext("邀请"),
        )  # fmt: skip
    flash(gettext("邀请已发出。"), "done")
    return go(here)


@PAGES.post("/activities/<uuid:activity_id>/teams/<uuid:team_id>/answer")
@only("member")
def answer_team(activity_id: UUID, team_id: UUID) -> Response:
    """Join, or decline."""
    accept = request.form.get("accept") == "yes"
    then = _here(activity_id, team_id) if accept else url_for("portal.teams", activity_id=activity_id)
    done = gettext("已加入。") if accept else gettext("已谢绝。")
    payload = {**_ref(activity_id, team_id), "accept": accept}
    return act(contract.answer_team_invitation, payload, done=done, then=then)


@PAGES.post("/activities/<uuid:activity_id>/teams/<uuid:team_id>/leave")
@only("member", "officer", "chair")
def leave_team(activity_id: UUID, team_id: UUID) -> Response:
    """Leave, or take a player off."""
    member_id = request.form.get("member_id") or None
    then = _here(activity_id, team_id) if member_id else url_for("portal.teams", activity_id=activity_id)
    payload = {**_ref(activity_id, team_id), "member_id": member_id, **_reason()}
    return act(contract.remove_player, payload, done=gettext("名单已更新。"), then=then)


@PAGES.post("/activities/<uuid:activity_id>/teams/<uuid:team_id>/confirm")
@only("member", "officer", "chair")
def confirm_team(activity_id: UUID, team_id: UUID) -> Response:
    """Confirm the line-up."""
    done = gettext("已确认参赛，队员都会收到消息。")
    return act(contract.confirm_team, _ref(activity_id, team_id), done=done, then=_here(activity_id, team_id))


@PAGES.post("/activities/<uuid:activity_id>/teams/<uuid:team_id>/end")
@only("member", "officer", "chair")
def end_team(activity_id: UUID, team_id: UUID) -> Response:
    """End the team."""
    of_console = request.form.get("console") == "1"
    then = url_for("portal.console_teams" if of_console else "portal.teams", activity_id=activity_id)
    done = gettext("参赛队已取消，队员都会收到消息。")
    return act(contract.end_team, {**_ref(activity_id, team_id), **_reason()}, done=done, then=then)


def _numbered(text: str) -> list[str]:
    """Return the members with the numbers that a captain typed, who may not look members up.

    Raises:
        Refused: nobody has one of the numbers.
    """
    require_below(_NUMBERS, "members_of_team")
    typed = list(dict.fromkeys(text.replace("，", " ").replace(",", " ").replace("、", " ").split()))[:_MOST_TYPED]
    found = call(members_by_number, {"numbers": typed}, principal=SYSTEM_PRINCIPAL) if typed else {"items": []}
    if len(found["items"]) < max(1, len(typed)):
        raise Refused("Nobody has one of these numbers.", rule="teams.number_is_a_members", field="numbers")
    return [str(one["member_id"]) for one in found["items"]]


def _asked(form: Form, activity_id: UUID, team_id: UUID) -> dict[str, Any]:
    filled = form.payload()
    one = filled.get("member_ids")
    member_ids = one if isinstance(one, list) else [one] if one else []
    return send(contract.invite_players, {**filled, **_ref(activity_id, team_id), "member_ids": member_ids})


def _ref(activity_id: UUID, team_id: UUID) -> dict[str, Any]:
    return {"activity_id": str(activity_id), "team_id": str(team_id)}


def _reason() -> dict[str, Any]:
    return {"reason": request.form.get("reason", "").strip() or None}


def _here(activity_id: UUID, team_id: UUID) -> str:
    return url_for("portal.team", activity_id=activity_id, team_id=team_id)
