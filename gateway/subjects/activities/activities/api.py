"""Activities: the list and each one from views, changes by their owner, registrations decided in batches."""

from __future__ import annotations

from typing import Any

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Rendered, Reply, Route, forward, idempotency_key, render
from gateway.read_models import activities, registrations
from gateway.rpc.calls import call
from gateway.rpc.registration_batches import register_member
from services.chassis.errors import NotFound
from services.contracts.activities import facts
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.opening import remind_me
from services.contracts.activities.options import operations as options
from services.contracts.activities.options.shapes import Chosen
from services.contracts.activities.questions import operations as questions
from services.contracts.activities.registration import decisions, holds
from services.contracts.activities.registration import operations as registration
from services.contracts.activities.rulebook import list_activities_rules
from services.contracts.activities.snapshot import snapshot_activities

_ACTIVITY = "/activities/<uuid:activity_id>"


def _list(payload: dict[str, Any]) -> Reply:
    """Answer from the view; drafts are known only to their owner."""
    if payload.get("state") == "draft":
        return call(calendar.list_activities, payload)
    rendered: Rendered = activities.remembered(
        tuple(sorted(payload.items())),
        lambda: render(activities.page(calendar.list_activities.request_schema.load(payload))),
    )
    return rendered


def _get(payload: dict[str, Any]) -> Reply:
    """Answer from the view; what isn't announced, or not yet here, is asked of its owner."""
    activity_id = payload["activity_id"]
    try:
        rendered: Rendered = activities.remembered(
            ("activity", activity_id), lambda: render(activities.get(activity_id))
        )
    except NotFound:
        return call(calendar.get_activity, payload)
    return rendered


def _register(payload: dict[str, Any]) -> dict[str, Any]:
    choice = {name: payload[name] for name in Chosen().fields if name in payload}
    return register_member(payload["activity_id"], idempotency_key(), choice)


def _cancel(payload: dict[str, Any]) -> dict[str, Any]:
    reply = forward(registration.cancel_registration, payload)
    registrations.remember_cancelled(reply)
    return reply


def _answer_offer(payload: dict[str, Any]) -> dict[str, Any]:
    reply = forward(registration.answer_offer, payload)
    registrations.remember_answer(reply)
    return reply


ROUTES = (
    Route("GET", "/activities", calendar.list_activities, answer=_list),
    Route("POST", "/activities", calendar.schedule_activity, 201, location="/activities/{id}"),
    Route("GET", "/activities/rules", list_activities_rules),
    Route("GET", "/activities/snapshot", snapshot_activities, limit=SNAPSHOTS),
    Route("GET", _ACTIVITY, calendar.get_activity, answer=_get),
    Route("PATCH", _ACTIVITY, calendar.update_activity),
    Route("POST", f"{_ACTIVITY}/announce", calendar.announce_activity),
    Route("POST", f"{_ACTIVITY}/cancel", calendar.cancel_activity),
    Route("POST", f"{_ACTIVITY}/hold", calendar.hold_activity),
    Route("POST", f"{_ACTIVITY}/clone", calendar.clone_activity, 201),
    Route("GET", f"{_ACTIVITY}/history", calendar.activity_history),
    Route("GET", f"{_ACTIVITY}/options", options.get_options),
    Route("PUT", f"{_ACTIVITY}/options", options.set_options),
    Route("GET", f"{_ACTIVITY}/questions", questions.get_questions),
    Route("PUT", f"{_ACTIVITY}/questions", questions.set_questions),
    Route("GET", f"{_ACTIVITY}/answers", questions.list_answers),
    Route("GET", f"{_ACTIVITY}/my-answers", questions.my_answers),
    Route("PUT", f"{_ACTIVITY}/my-answers", questions.set_answers),
    Route("POST", f"{_ACTIVITY}/offers", registration.answer_offer, answer=_answer_offer),
    Route("GET", f"{_ACTIVITY}/turnout", registration.turnout),
    Route("GET", f"{_ACTIVITY}/registrations", registration.list_registrations),
    Route("POST", f"{_ACTIVITY}/registrations", registration.register, 201, answer=_register),
    Route("DELETE", f"{_ACTIVITY}/registrations", registration.cancel_registration, answer=_cancel),
    Route("GET", f"{_ACTIVITY}/registrations/check", registration.check_registration),
    Route("POST", f"{_ACTIVITY}/registrations/members", registration.register_members),
    Route("POST", f"{_ACTIVITY}/registrations/approve", decisions.approve_registrations),
    Route("POST", f"{_ACTIVITY}/registrations/refuse", decisions.refuse_registrations),
    Route("PUT", f"{_ACTIVITY}/registrations/<uuid:member_id>/priority", decisions.set_priority),
    Route("PUT", f"{_ACTIVITY}/reminder", remind_me),
    Route("PUT", f"{_ACTIVITY}/hold", holds.hold_seat),
    Route("DELETE", f"{_ACTIVITY}/hold", holds.release_hold),
    Route("POST", f"{_ACTIVITY}/hand-over", decisions.offer_hand_over),
    Route("DELETE", f"{_ACTIVITY}/hand-over", decisions.withdraw_hand_over),
    Route("POST", f"{_ACTIVITY}/take-over", decisions.take_over, 201),
    Route("POST", f"{_ACTIVITY}/registrations/<uuid:member_id>/basis", facts.open_decision_basis),
    Route("POST", "/activities/audience-count", facts.count_audience),
    Route("GET", "/me/fact-uses", facts.my_fact_uses),
    Route("GET", "/me/fact-looks", facts.my_basis_looks),
)
