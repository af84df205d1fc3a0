"""Moves registrations between seats and waiting list when seats, the activity or a member's standing change.

Every function expects the activity's row locked by the caller and updates its counters. Registrations with the lowest
tickets have the seats, the others wait in order of their tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, lock_activity, still_to_come
from services.activities.facts.use_cases import keeping
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.rules import (
    Asking,
    Offer,
    cause_not_to_move_up,
    cause_of_standing,
    is_undecided,
    places_given_up,
    waiting_list_still_moves,
)
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.announcements import cancelled, confirmed, waitlisted
from services.activities.registration.use_cases.seating import applicant_of, offer_of, seats_of
from services.activities.registration.workflow import LIVE, REGISTRATION
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction

MOVED_AT_ONCE = 500
"""Waiting registrations read in one round."""


def move_up(tx: Transaction, activity: Activity) -> None:
    """Give free seats to those who wait longest, unless the activity is over.

    Members who may no longer take part are removed from the list, and the next one is tried. The list stops before a
    member about whom nothing can be decided now, because membership has told nothing recently: nobody is passed over
    for that. `filling` asks, and moves the list on.
    """
    offer = offer_of(activity)
    if not waiting_list_still_moves(offer, tx.now):
        return
    while count := min(seats_of(activity).to_move_up, MOVED_AT_ONCE):
        rows = _some(tx, activity.id, ["waitlisted"], Registration.ticket.asc(), count)
        known = keeping.kept(tx, activity, [row.member_id for row in rows])
        decided, causes = _decided(tx, offer, rows, known)
        if causes:
            _pass_over(tx, activity, causes)
        _seat(tx, activity, [row for row in decided if row.id not in causes])
        basis.store(tx, [(row.id, known[row.member_id]) for row in decided if row.member_id in known])
        if len(decided) < len(rows):
            return


def make_room(tx: Transaction, activity: Activity, capacity: int | None) -> None:
    """Reduce the seats, and move the last registrations to the head of the waiting list until they suffice."""
    overflow = 0 if capacity is None else activity.seats_taken - capacity
    if overflow <= 0:
        return
    rows = _some(tx, activity.id, ["confirmed"], Registration.ticket.desc(), overflow)
    state = REGISTRATION.apply("confirmed", "move_back", roles=None)
    _change(tx, rows, "confirmed", state=state, confirmed_at=None)
    # No flush until the last row: a constraint refuses more taken seats than there are.
    activity.capacity = capacity
    for row in rows:
        activity.seats_taken -= 1
        activity.waiting += 1
        tx.record(waitlisted(activity, row.id, row.member_id, position=1, moved_back=True))


def cancel_all(tx: Transaction, activity: Activity) -> None:
    """End all registrations of a cancelled activity."""
    rows = _some(tx, activity.id, LIVE, Registration.ticket.asc(), None)
    cause = "activity_cancelled"
    for was in LIVE:
        ending = [row for row in rows if row.state == was]
        state = REGISTRATION.apply(was, "cancel", roles=None)
        _change(tx, ending, was, state=state, cancelled_at=tx.now, cancel_cause=cause)
    for row in rows:
        _count_out(activity, row.state)
        tx.record(cancelled(activity, row.id, row.member_id, cause=cause, was=row.state))


def release_member(tx: Transaction, member_id: UUID, standing: str) -> None:
    """End registrations for coming activities that a member's standing no longer allows."""
    cause, given_up = cause_of_standing(standing), places_given_up(standing)
    if cause is None:
        return
    his = [Registration.member_id == member_id, Registration.state.in_(given_up)]
    to_come = sa.select(Registration.activity_id).where(*his, Registration.activity_id.in_(still_to_come(tx.now)))
    for activity_id in sorted(tx.session.scalars(to_come)):
        activity = lock_activity(tx, activity_id)
        rows = sa.select(Registration).where(Registration.activity_id == activity_id, *his)
        for row in tx.session.scalars(rows.execution_options(populate_existing=True)):
            end(tx, activity, row, cause=cause)
        move_up(tx, activity)


def forget_reasons(tx: Transaction, member_id: UUID) -> None:
    """Erase the reasons of a former member's cancellations, which may mention an illness."""
    theirs = tx.session.scalars(sa.select(Registration.id).where(Registration.member_id == member_id)).all()
    erase_logs(tx, [f"registration/{one}" for one in theirs])


def end(tx: Transaction, activity: Activity, row: Registration, *, cause: str) -> None:
    """End one active registration; its seat is free afterwards."""
    was = row.state
    row.state = REGISTRATION.apply(was, "cancel", roles=None)
    row.cancelled_at = tx.now
    row.cancel_cause = cause
    _count_out(activity, was)
    tx.record(cancelled(activity, row.id, row.member_id, cause=cause, was=was))


def _decided(
    tx: Transaction, offer: Offer, rows: Sequence[Any], known: Mapping[UUID, keeping.Told]
) -> tuple[list[Any], dict[UUID, str]]:
    """Return the first rows, up to one that can't be decided now, and the causes why some of them get no seat."""
    members = participants_of(tx, [row.member_id for row in rows])
    decided: list[Any] = []
    causes: dict[UUID, str] = {}
    for row in rows:
        applicant = applicant_of(members.get(row.member_id), known.get(row.member_id))
        asking = Asking(offer, applicant, tx.now)
        if is_undecided(asking):
            break
        decided.append(row)
        cause = cause_not_to_move_up(asking)
        if cause is not None:
            causes[row.id] = cause
    return decided, causes


def _pass_over(tx: Transaction, activity: Activity, causes: Mapping[UUID, str]) -> None:
    rows = sa.select(Registration).where(Registration.id.in_(causes)).order_by(Registration.ticket)
    for row in tx.session.scalars(rows.execution_options(populate_existing=True)):
        end(tx, activity, row, cause=causes[row.id])


def _seat(tx: Transaction, activity: Activity, rows: Sequence[Any]) -> None:
    """Move up consecutive rows."""
    state = REGISTRATION.apply("waitlisted", "move_up", roles=None)
    _change(tx, rows, "waitlisted", state=state, confirmed_at=tx.now)
    for row in rows:
        activity.seats_taken += 1
        activity.waiting -= 1
        tx.record(confirmed(activity, row.id, row.member_id, moved_up=True))


def _count_out(activity: Activity, was: str) -> None:
    if was == "confirmed":
        activity.seats_taken -= 1
    else:
        activity.waiting -= 1


def _some(tx: Transaction, activity_id: UUID, states: Sequence[str], order: Any, count: int | None) -> Sequence[Any]:
    """Return rows and not objects, because they are changed in one statement."""
    columns = (Registration.id, Registration.activity_id, Registration.member_id, Registration.state)
    statement = (
        sa.select(*columns, Registration.ticket)
        .where(Registration.activity_id == activity_id, Registration.state.in_(states))
        .order_by(order)
        .limit(count)
    )
    return tx.session.execute(statement).all()


def _change(tx: Transaction, rows: Sequence[Any], was: str, **values: Any) -> None:
    """Change consecutive rows in order of their tickets, all in the state `was`."""
    if not rows:
        return
    tickets = [row.ticket for row in rows]
    tx.session.execute(
        sa.update(Registration)
        .where(
            Registration.activity_id == rows[0].activity_id,
            Registration.state == was,
            Registration.ticket.between(min(tickets), max(tickets)),
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
