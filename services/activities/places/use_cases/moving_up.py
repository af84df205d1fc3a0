"""Giving free numbers of slots to those who wait, first come, first served. The place is locked by who calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.following import with_units_after
from services.activities.participants.use_cases.reading import Participant, participants_of
from services.activities.places import rules
from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import store
from services.activities.places.use_cases.timetable import Slot
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal, first_refusal
from services.contracts.activities.places.vocabulary import HELD


def numbers_taken(tx: Transaction, place: Place, slot: Slot) -> set[int]:
    """Return the numbers of a slot that are given out, also to bookings that only overlap it."""
    taken = sa.select(PlaceBooking.number).where(
        PlaceBooking.place_id == place.id, PlaceBooking.state.in_(HELD), PlaceBooking.starts_at < slot.ends_at,
        PlaceBooking.ends_at > slot.starts_at,
    )  # fmt: skip
    return {number for number in tx.session.scalars(taken) if number is not None}


def free_number(place: Place, taken: Collection[int | None]) -> int | None:
    """Return the lowest free number, None where all are taken."""
    return next((number for number in range(1, place.capacity + 1) if number not in taken), None)


def units_of(tx: Transaction, place: Place) -> set[UUID]:
    """Return the units a place is for, with those their members moved to; none for all."""
    return with_units_after(tx, [UUID(one) for one in place.units])


def may_use(place: Place, participant: Participant | None, units: Collection[UUID]) -> Refusal | None:
    """Return why a member can't use a place at all: standing, unit or form of employment; None where nothing does.

    Args:
        place: which one.
        participant: who; None for somebody this service does not know as a member.
        units: as `units_of` returns them.
    """
    if participant is None:
        return rules.standing_may_book(None, place.for_retained)
    return first_refusal(
        (
            rules.standing_may_book(participant.standing, place.for_retained),
            rules.member_is_in_audience(participant.unit_id, participant.employment, units, place.employments),
        )
    )  # fmt: skip


def fill(tx: Transaction, place: Place, starts: Iterable[datetime]) -> None:
    """Give the free numbers of slots that have not begun to those who wait; who can't use the place loses the turn."""
    wanted = [one for one in starts if one > tx.now]
    if not wanted:
        return
    tx.session.flush()
    waiting = tx.session.scalars(
        sa.select(PlaceBooking)
        .where(
            PlaceBooking.place_id == place.id, PlaceBooking.starts_at.in_(wanted), PlaceBooking.state == "waiting"
        )
        .order_by(PlaceBooking.starts_at, PlaceBooking.booked_at, PlaceBooking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip
    known = participants_of(tx, {one.member_id for one in waiting if one.member_id is not None})
    units, taken = units_of(tx, place), _taken_around(tx, place, waiting)
    for booking in waiting:
        begins, ends = booking.starts_at, booking.ends_at
        number = free_number(place, {one.number for one in taken if one.starts_at < ends and one.ends_at > begins})
        if number is None:
            continue
        if booking.member_id is None or may_use(place, known.get(booking.member_id), units) is not None:
            store.end(tx, booking, "no_member")
        else:
            store.give_slot(tx, booking, "move_up", number)
            taken.append(_Taken(begins, ends, number))


class _Taken(NamedTuple):
    """A number that is given out."""

    starts_at: datetime
    ends_at: datetime
    number: int | None


def _taken_around(tx: Transaction, place: Place, waiting: Sequence[PlaceBooking]) -> list[_Taken]:
    """Return what is given out in the time in which these wait."""
    if not waiting:
        return []
    first, last = min(one.starts_at for one in waiting), max(one.ends_at for one in waiting)
    found = sa.select(PlaceBooking.starts_at, PlaceBooking.ends_at, PlaceBooking.number).where(
        PlaceBooking.place_id == place.id, PlaceBooking.state.in_(HELD), PlaceBooking.starts_at < last,
        PlaceBooking.ends_at > first,
    )  # fmt: skip
    return [_Taken(*row) for row in tx.session.execute(found)]


def fill_all(tx: Transaction, place: Place) -> None:
    """Give what became free by a change of the place to those who wait."""
    waiting = sa.select(PlaceBooking.starts_at).where(
        PlaceBooking.place_id == place.id, PlaceBooking.state == "waiting", PlaceBooking.starts_at > tx.now
    )
    fill(tx, place, tx.session.scalars(waiting.distinct()).all())
