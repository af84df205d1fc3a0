"""Moves registrations between seats and waiting list when seats, the activity or a member's standing change.

Every function expects the activity's row locked by the caller and updates its counters. Where each registration takes
one seat, those with the lowest tickets have the seats and the others wait in order of their ranks: by priority, then by
ticket. Where they differ in what they take, nobody gets a place that somebody further ahead is short of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, lock_activity, still_to_come
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import SEATS, short_of
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.offer_rules import offer_ends
from services.activities.registration.rules import (
    Asking,
    Offer,
    cause_not_to_move_up,
    cause_of_standing,
    is_undecided,
    others_keep_their_places,
    places_given_up,
    waiting_list_still_moves,
)
from services.activities.registration.tables import Registration, RegistrationHold
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.announcements import (
    cancelled,
    confirmed,
    lapsed,
    offered,
    refused,
    waitlisted,
)
from services.activities.registration.use_cases.room import Room
from services.activities.registration.use_cases.seating import applicant_of, offer_of, seats_of
from services.activities.registration.workflow import LIVE, REGISTRATION, SEATED
from services.chassis.database.bulk import is_among
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused

MOVED_AT_ONCE = 500
"""Waiting registrations read in one round."""
CHANGED_AT_ONCE = 5_000


def move_up(tx: Transaction, activity: Activity, room: Room | None = None) -> None:
    """Give free places to those who wait, in their order, unless the activity is over.

    Each gets all places of the choice or none. Who is short of something stays, and nobody further back gets of that;
    members who may no longer take part are removed from the list. The same holds for a member about whom nothing can be
    decided now, because membership has told nothing recently: nobody is passed over for that. `filling` asks, and
    moves the list on.

    Args:
        tx: the transaction.
        activity: locked.
        room: its places, where the caller has read them.
    """
    offer = offer_of(activity)
    if not waiting_list_still_moves(offer, tx.now):
        return
    room = room or Room(tx, activity)
    if dropped := room.holds_too_many():
        theirs = RegistrationHold.activity_id == activity.id, RegistrationHold.member_id.in_(dropped)
        tx.session.execute(sa.delete(RegistrationHold).where(*theirs))
    turn = _Turn(tx, room, offer)
    while count := turn.count:
        rows = _some(tx, activity.id, ["waitlisted"], [Registration.rank.asc()], count, after=turn.reached)
        turn.give(rows)
        if len(rows) < count:
            return


@dataclass
class _Turn:
    """One walk along a waiting list. `claimed` are the resources that somebody passed so far is short of."""

    tx: Transaction
    room: Room
    offer: Offer
    claimed: set[int] = field(default_factory=set)
    reached: int | None = None

    @property
    def count(self) -> int:
        """How many to look at next: none once nobody further back can get a seat."""
        activity = self.room.activity
        if SEATS in self.claimed:
            return 0
        possible = seats_of(activity).to_move_up
        return min(possible, MOVED_AT_ONCE) if self.room.is_plain or not possible else MOVED_AT_ONCE

    def give(self, rows: Sequence[Any]) -> None:
        """Seat those of the next rows who can have all they need, and end those who may no longer take part."""
        ids = [row.member_id for row in rows]
        known = keeping.kept(self.tx, self.room.activity, ids)
        members = participants_of(self.tx, ids)
        seated: list[Any] = []
        ended: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            self.reached = row.rank
            needs = self.room.needs_of(row)
            asking = Asking(self.offer, applicant_of(members.get(row.member_id), known.get(row.member_id)), self.tx.now)
            if short_of(needs, self.room.free(), self.claimed) or is_undecided(asking):
                self.room.claim(needs, self.claimed)
            elif cause := cause_not_to_move_up(asking):
                ended[cause].append(row)
                self.room.activity.waiting -= 1
                told = cancelled(self.room.activity, row.id, row.member_id, cause=cause, was="waitlisted")
                self.tx.record(told)
            else:
                seated.append(row)
                self._seat(row, needs)
        self._store(seated, ended, known)

    def _seat(self, row: Any, needs: Mapping[int, int]) -> None:
        self.room.count(needs, 1)
        activity = self.room.activity
        activity.waiting -= 1
        if self.until is None:
            self.tx.record(confirmed(activity, row.id, row.member_id, moved_up=True))
        else:
            self.tx.record(offered(activity, row.id, row.member_id, until=self.until))

    @property
    def until(self) -> datetime | None:
        """Until when seats are offered; None where they are given at once, also when the activity has begun."""
        return offer_ends(self.tx.now, self.room.activity.offer_hours, self.room.activity.starts_at)

    def _store(
        self, seated: Sequence[Any], ended: Mapping[str, Sequence[Any]], known: Mapping[UUID, keeping.Told]
    ) -> None:
        move = "move_up" if self.until is None else "offer"
        state = REGISTRATION.apply("waitlisted", move, roles=None)
        at = self.tx.now if self.until is None else None
        _change(self.tx, seated, state=state, confirmed_at=at, offered_until=self.until)
        state = REGISTRATION.apply("waitlisted", "cancel", roles=None)
        for cause, rows in ended.items():
            _change(self.tx, rows, state=state, cancelled_at=self.tx.now, cancel_cause=cause)
        decided = [*seated, *(row for rows in ended.values() for row in rows)]
        basis.store(self.tx, [(row.id, known[row.member_id]) for row in decided if row.member_id in known])


def make_room(tx: Transaction, activity: Activity, capacity: int | None) -> None:
    """Reduce the seats, and move the last registrations to the head of the waiting list until they suffice."""
    if capacity is not None and activity.seats_taken > capacity:
        move_back(tx, Room(tx, activity), SEATS, capacity)


def move_back(tx: Transaction, room: Room, resource: int, size: int) -> None:
    """Reduce a resource, and move the last registrations that take its places back, with all they take."""
    overflow = room.taken(resource) - size
    found: list[tuple[Any, Mapping[int, int]]] = []
    latest = None
    while overflow > 0:
        rows = _some(
            tx, room.activity.id, SEATED, [Registration.rank.desc()], MOVED_AT_ONCE, before=latest
        )  # fmt: skip
        for row in rows:
            latest, needs = row.rank, room.needs_of(row)
            if overflow > 0 and resource in needs:
                overflow -= needs[resource]
                found.append((row, needs))
        if len(rows) < MOVED_AT_ONCE:
            break
    if overflow > 0:
        raise Refused.by(others_keep_their_places(room.taken(resource), size))
    state = REGISTRATION.apply("confirmed", "move_back", roles=None)
    _change(tx, [row for row, _ in found], state=state, confirmed_at=None, offered_until=None)
    # No flush until the last row: a constraint refuses more taken places than there are.
    room.resize(resource, size)
    for row, needs in found:
        room.count(needs, -1)
        room.activity.waiting += 1
        tx.record(waitlisted(room.activity, row.id, row.member_id, position=1, moved_back=True))


def cancel_all(tx: Transaction, activity: Activity) -> None:
    """End all registrations of a cancelled activity."""
    room, cause = Room(tx, activity), "activity_cancelled"
    rows = _some(tx, activity.id, LIVE, [Registration.ticket.asc()], None)
    for was in LIVE:
        ending = [row for row in rows if row.state == was]
        state = REGISTRATION.apply(was, "cancel", roles=None)
        _change(tx, ending, state=state, cancelled_at=tx.now, cancel_cause=cause)
    for row in rows:
        _count_out(room, row, row.state)
        tx.record(cancelled(activity, row.id, row.member_id, cause=cause, was=row.state))


def release_member(tx: Transaction, member_id: UUID, standing: str) -> None:
    """End registrations for coming activities that a member's standing no longer allows."""
    cause, given_up = cause_of_standing(standing), places_given_up(standing)
    if cause is None:
        return
    his = [Registration.member_id == member_id, Registration.state.in_(given_up)]
    to_come = sa.select(Registration.activity_id).where(*his, Registration.activity_id.in_(still_to_come(tx.now)))
    for activity_id in sorted(tx.session.scalars(to_come)):
        room = Room(tx, lock_activity(tx, activity_id))
        rows = sa.select(Registration).where(Registration.activity_id == activity_id, *his)
        for row in tx.session.scalars(rows.execution_options(populate_existing=True)):
            end(tx, room, row, cause=cause)
        move_up(tx, room.activity, room)


def forget_reasons(tx: Transaction, member_id: UUID) -> None:
    """Erase the reasons of a former member's cancellations, refusals and priorities, which may mention an illness."""
    mine = sa.update(Registration).where(Registration.member_id == member_id)
    tx.session.execute(mine.values(priority_reason=None, refusal_reason=None))
    tx.session.execute(sa.delete(RegistrationHold).where(RegistrationHold.member_id == member_id))
    theirs = tx.session.scalars(sa.select(Registration.id).where(Registration.member_id == member_id)).all()
    erase_logs(tx, [f"registration/{one}" for one in theirs])


def end(tx: Transaction, room: Room, row: Registration, *, cause: str) -> None:
    """End one active registration; its places are free afterwards."""
    was = row.state
    row.state = REGISTRATION.apply(was, "refuse" if cause == "refused" else "cancel", roles=None)
    row.cancelled_at = tx.now
    row.cancel_cause = cause
    row.offered_until = None
    _count_out(room, row, was)
    if cause == "offer_lapsed":
        tx.record(lapsed(room.activity, row.id, row.member_id))
    elif cause == "refused":
        tx.record(refused(room.activity, row.id, row.member_id))
    else:
        tx.record(cancelled(room.activity, row.id, row.member_id, cause=cause, was=was))


def _count_out(room: Room, row: Any, was: str) -> None:
    if was in SEATED:
        room.count(room.needs_of(row), -1)
    elif was == "waitlisted":
        room.activity.waiting -= 1
    else:
        room.activity.pending -= 1


def _some(
    tx: Transaction, activity_id: UUID, states: Sequence[str], order: Sequence[Any], count: int | None, *,
    after: int | None = None, before: int | None = None,
) -> Sequence[Any]:  # fmt: skip
    """Return rows and not objects, because they are changed in one statement; `after` and `before` are ranks."""
    statement = (
        sa.select(
            Registration.id, Registration.member_id, Registration.state, Registration.rank,
            Registration.companions, Registration.options,
        )
        .where(Registration.activity_id == activity_id, Registration.state.in_(states))
        .order_by(*order)
        .limit(count)
    )  # fmt: skip
    if after is not None:
        statement = statement.where(Registration.rank > after)
    if before is not None:
        statement = statement.where(Registration.rank < before)
    return tx.session.execute(statement).all()


def _change(tx: Transaction, rows: Sequence[Any], **values: Any) -> None:
    """Change rows, as many in one statement as a database takes values."""
    for start in range(0, len(rows), CHANGED_AT_ONCE):
        ids = [row.id for row in rows[start : start + CHANGED_AT_ONCE]]
        tx.session.execute(
            sa.update(Registration)
            .where(is_among(tx.session, [Registration.id], ids))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
