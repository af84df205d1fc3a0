"""Recuperation for members: what can be applied for, one's application, the result, how the draw is verified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, act, part
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem, Refused
from services.chassis.plain_text import whole_number
from services.contracts.welfare.recuperation import operations as contract

PAGES = PageTable()
ROUNDS_SHOWN = 3
MOST_FAMILY_SHOWN = 3


@PAGES.get("/recuperation")
@only("member")
def my_recuperation() -> str:
    """Show the newest rounds with their trips, and what became of one's applications."""
    rounds = part(contract.list_recuperation_rounds, {"limit": ROUNDS_SHOWN})
    mine = part(contract.my_trip_applications, {"limit": 20})
    own = {one["round_id"]: one for one in mine.items}
    shown = [_round(one, own.get(one["id"])) for one in rounds.items]
    return render_template(
        "portal/member/recuperation.html", rounds=rounds, mine=mine, shown=shown, family_shown=MOST_FAMILY_SHOWN
    )


def _round(one: dict[str, Any], own: dict[str, Any] | None) -> dict[str, Any]:
    trips = part(contract.list_trips, {"round_id": one["id"], "limit": 100})
    day = today().isoformat()
    takes = one["state"] == "open" and one["apply_from"] <= day <= one["apply_until"]
    by_id = {trip["id"]: trip for trip in trips.items}
    applies = takes and (own is None or own["state"] in ("applied", "withdrawn"))
    return {
        **one,
        "trips": trips,
        "by_id": by_id,
        "own": own,
        "own_trip": by_id.get(own["trip_id"]) if own else None,
        "may_apply": applies,
        "eligibility": _eligibility(one["id"]) if applies else None,
    }


def _eligibility(round_id: str) -> dict[str, Any]:
    found = part(contract.my_trip_eligibility, {"round_id": round_id})
    told = dict(found.data or {})
    problem: Problem | None = found.problem
    if told and not told["eligible"] and not told.get("missing_rule"):
        problem = Refused(told.get("detail") or "", rule=told["rule"], params=told.get("params") or {})
    return {**told, "problem": problem, "down": found.problem is not None}


@PAGES.post("/recuperation/apply")
@only("member")
def apply_for_trip() -> Response:
    """Apply for the chosen trips, in order."""
    choices = [one for one in request.form.getlist("choices") if one]
    payload = {
        "trip_id": choices[0] if choices else None,
        "further": choices[1:],
        "family": [name.strip() for name in request.form.getlist("family") if name.strip()],
    }
    return act(contract.apply_for_trip, payload, done=gettext("报名已提交，截止前可以修改。"), then=_here())


@PAGES.post("/recuperation/applications/<uuid:application_id>/withdraw")
@only("member")
def withdraw_own_application(application_id: UUID) -> Response:
    """Withdraw one's application."""
    payload = {"application_id": str(application_id), "reason": request.form.get("reason", "").strip() or None}
    return act(contract.withdraw_trip_application, payload, done=gettext("已退出。"), then=_here())


@PAGES.post("/recuperation/applications/<uuid:application_id>/rate")
@only("member")
def rate_trip(application_id: UUID) -> Response:
    """Rate a trip one went on."""
    payload = {
        "application_id": str(application_id),
        "rating": request.form.get("rating", type=whole_number),
        "comment": request.form.get("comment", "").strip() or None,
    }
    return act(contract.rate_trip, payload, done=gettext("谢谢您的评价。"), then=_here())


@PAGES.get("/recuperation/trips/<uuid:trip_id>/draw")
@only("officer", "chair", "auditor", "member")
def draw_proof(trip_id: UUID) -> str:
    """Show how the draw of a trip's round stands, with the file and how it is verified."""
    trip = call(contract.get_trip, {"trip_id": str(trip_id)})
    about = call(contract.get_recuperation_round, {"round_id": trip["round_id"]})
    principal = current_principal()
    mine = part(contract.my_trip_applications, {"limit": 20}) if principal.has("member") else Part()
    return render_template(
        "portal/member/draw.html",
        trip=trip,
        round=about,
        own=next((one for one in mine.items if one["round_id"] == about["id"]), None),
        in_console=not principal.has("member"),
    )


@PAGES.get("/recuperation/trips/<uuid:trip_id>/draw/file")
@only("officer", "chair", "auditor", "member")
def draw_file(trip_id: UUID) -> Response:
    """Hand out the published file."""
    return file_response(call(contract.draw_file, {"trip_id": str(trip_id)}))


def _here() -> str:
    return url_for("portal.my_recuperation")
