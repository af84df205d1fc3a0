"""Copies of registrations; and own registrations at once, before their event has arrived.

Belongs here: copying registration events, reading a member's registrations and invitations. Not: deciding a
registration (`rpc.registration_batches`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import activities, timeline, todos
from gateway.read_models.tables import ActivityView, RegistrationView
from gateway.read_models.upserts import keep_newest
from gateway.rpc import invalidations
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.engine import UtcDateTime
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_STATE_BY_EVENT = {
    "registration_confirmed": "confirmed",
    "registration_offered": "offered",
    "offer_lapsed": "cancelled",
    "registration_waitlisted": "waitlisted",
    "registration_pending": "pending",
    "registration_refused": "cancelled",
    "registration_handed_over": "cancelled",
    "registration_cancelled": "cancelled",
}
_OWN_ANSWER_SECONDS = 10.0
"""How long an answer is used; its event must have arrived by then."""

_MOST_SHOWN = 200
_IN_FORCE = (
    sa.select(*RegistrationView.__table__.c)
    .join(ActivityView, ActivityView.activity_id == RegistrationView.activity_id)
    .where(
        RegistrationView.member_id.in_(sa.bindparam("member_ids", expanding=True)),
        RegistrationView.state != "cancelled",
    )
    .order_by(ActivityView.starts_at, RegistrationView.activity_id)
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
_UPCOMING = _IN_FORCE.where(
    ActivityView.ends_at > sa.bindparam("since", type_=UtcDateTime()), ActivityView.state == "scheduled"
)

_own_answers: MicroCache[str, dict[str, dict[str, Any]]] = MicroCache(seconds=_OWN_ANSWER_SECONDS, largest=20_000)


Announced = tuple[str, str, str, str]
"""Data of a registration's event: member, activity, state, time."""


def note(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store confirmed, offered, waitlisted and ended registrations, and update the views that depend on them."""
    rows = [
        {
            "member_id": event.data["member_id"],
            "activity_id": event.data["activity_id"],
            "registration_id": event.data["registration_id"],
            "state": _STATE_BY_EVENT[event.type],
            "position": event.data.get("position"),
            "at": event.time,
            "sequence": event.sequence,
        }
        for event in events
    ]
    keep_newest(tx, RegistrationView, rows, key=["member_id", "activity_id"])
    activities.note_figures(tx, events)
    timeline.note_registrations(tx, [event for event in events if not event.data.get("entered_late")])
    if events[0].type != "registration_cancelled":
        todos.close_invitations(tx, events)
    _keep_offers(tx, events)
    _keep_approvals(tx, events)
    told = [(str(row["member_id"]), str(row["activity_id"]), row["state"], row["at"].isoformat()) for row in rows]
    tx.after_commit(lambda: _forget_everywhere(told))


def remember(reply: dict[str, Any]) -> None:
    """Store the answer to a new registration, so that the next page shows it."""
    if reply["already"]:
        return
    _remember(reply["member_id"], reply["activity_id"], reply["registration_id"], reply["state"], reply["position"])


def remember_cancelled(reply: dict[str, Any]) -> None:
    """Store a new cancellation."""
    _remember(reply["member_id"], reply["activity_id"], reply["id"], "cancelled", None)


def remember_answer(reply: dict[str, Any]) -> None:
    """Store the answer to an offer."""
    _remember(reply["member_id"], reply["activity_id"], reply["id"], reply["state"], None)


def mine(member_id: UUID | str, activity_id: UUID | str) -> dict[str, Any] | None:
    """Return a member's registration for one activity, None when there never was one."""
    own = _own_of(str(member_id)).get(str(activity_id))
    if own is not None:
        return own
    with gateway().database.session(readonly=True) as session:
        row = session.get(RegistrationView, (UUID(str(member_id)), UUID(str(activity_id))))
    return None if row is None else _resource(row)


def of(member_id: UUID, *, upcoming: bool = False) -> list[dict[str, Any]]:
    """Return a member's registrations with their activities, the next activity first, cancelled ones left out."""
    with gateway().database.session(readonly=True) as session:
        found = of_several(session, [member_id], since=clock.now() if upcoming else None)
    return with_activities(str(member_id), found.get(member_id, []))


def of_several(session: Any, member_ids: Iterable[UUID], *, since: datetime | None) -> dict[UUID, list[dict[str, Any]]]:
    """Return the active registrations of each member, with `since` only of activities that end after it."""
    wanted = list(member_ids)
    statement = _IN_FORCE if since is None else _UPCOMING
    given: dict[str, Any] = {"member_ids": wanted, "most": _MOST_SHOWN * max(1, len(wanted))}
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    if since is not None:
        given["since"] = since
    for row in session.execute(statement, given):
        found[row.member_id].append(_resource(row))
    return found


def with_activities(member_id: str, registrations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a member's registrations, updated by the latest answers to own requests, each with its activity."""
    in_force = in_force_after_own(member_id, registrations)
    known = activities.several(UUID(registration["activity_id"]) for registration in in_force)
    told = [
        {**registration, "activity": known[UUID(registration["activity_id"])]}
        for registration in in_force
        if UUID(registration["activity_id"]) in known
    ]
    return sorted(told, key=lambda registration: (registration["activity"]["starts_at"], registration["activity_id"]))


def in_force_after_own(member_id: str, registrations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the active registrations, updated by the member's own latest answers."""
    standing = {registration["activity_id"]: registration for registration in registrations}
    standing.update(_own_of(member_id))
    return [registration for registration in standing.values() if registration["state"] != "cancelled"]


def _own_of(member_id: str) -> dict[str, dict[str, Any]]:
    return _own_answers.peek(member_id) or {}


def _remember(member_id: str, activity_id: str, registration_id: str, state: str, position: int | None) -> None:
    answer = (member_id, activity_id, registration_id, state, position, clock.now().isoformat())
    _keep_own([answer])
    invalidations.tell("own_answers", [answer])


def _keep_own(answers: Iterable[Sequence[Any]]) -> None:
    """Store answers given here or by another replica, unless a later one is known."""
    names = ("member_id", "activity_id", "registration_id", "state", "position", "at")
    for given in answers:
        answer = dict(zip(names, given, strict=True))
        own = _own_of(answer["member_id"])
        known = own.get(answer["activity_id"])
        if known is None or known["at"] <= answer["at"]:
            _own_answers.put(answer["member_id"], {**own, answer["activity_id"]: answer})


def _forget_everywhere(told: Sequence[Announced]) -> None:
    _forget_own(told)
    invalidations.tell("announced", told)


def _forget_own(told: Iterable[Sequence[Any]]) -> None:
    """Drop own answers whose event, or a newer one, has arrived; older events have no effect."""
    for member_id, activity_id, state, at in told:
        own = _own_of(member_id)
        answer = own.get(activity_id)
        if answer and (answer["state"] == state or at > answer["at"]):
            _own_answers.put(member_id, {key: kept for key, kept in own.items() if key != activity_id})


invalidations.on("own_answers", _keep_own)
invalidations.on("announced", _forget_own)


def _resource(row: Any) -> dict[str, Any]:
    return {
        "registration_id": str(row.registration_id),
        "activity_id": str(row.activity_id),
        "member_id": str(row.member_id),
        "state": row.state,
        "position": row.position,
        "at": row.at.isoformat(),
    }


def _keep_offers(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Open a to-do for each member who is offered a seat, until the offer lapses; close those that were answered."""
    todos.keep(
        tx,
        (
            todos.entry(
                event, "seat_offered", event.data["activity_id"], member_id=event.data["member_id"], told=False,
                due_at=event.data.get("until"), done=event.type != "registration_offered",
            )
            for event in events
            if _concerns_offer(event)
        ),
    )  # fmt: skip


def _keep_approvals(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Open a to-do for the organisers of each activity while registrations wait for their approval."""
    latest = {event.data["activity_id"]: event for event in events if event.data.get("pending") is not None}
    if not latest:
        return
    units = sa.select(ActivityView.activity_id, ActivityView.organiser_unit_id)
    found = tx.session.execute(units.where(ActivityView.activity_id.in_(latest)))
    unit_of = {row.activity_id: row.organiser_unit_id for row in found}
    todos.keep(
        tx,
        (
            todos.entry(
                event, "registrations_to_approve", activity_id, unit_id=unit_of.get(activity_id),
                role="chair" if unit_of.get(activity_id) else "officer", done=not event.data["pending"],
            )
            for activity_id, event in latest.items()
        ),
    )  # fmt: skip


def _concerns_offer(event: ReceivedEvent) -> bool:
    data = event.data
    ended = data.get("moved_up") or data.get("moved_back") or data.get("was") == "offered"
    return event.type in ("registration_offered", "offer_lapsed") or bool(ended)
