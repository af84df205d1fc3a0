"""What ends bookings by itself: the slot begins, the membership ends, the time of keeping is over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.places import rules
from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import store
from services.activities.places.use_cases.moving_up import fill
from services.chassis.clock import months_until, start_of
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.optional import count_or_none
from services.contracts.activities.places.vocabulary import OPEN

AT_ONCE = 200
_NOBODY = {"member_id": None, "unit_id": None, "note": None}


def end_waiting(tx: Transaction) -> None:
    """End the next places on waiting lists whose slot has begun."""
    late = sa.select(PlaceBooking).where(PlaceBooking.state == "waiting", PlaceBooking.starts_at <= tx.now)
    ordered = late.order_by(PlaceBooking.starts_at, PlaceBooking.id).limit(AT_ONCE)
    for one in tx.session.scalars(ordered.with_for_update(skip_locked=True)).all():
        store.end(tx, one, "not_reached")


def release(tx: Transaction, member_id: UUID, standing: str | None) -> None:
    """Give back the bookings of a member who may no longer use the places: left, or retired where they are not for it.

    A member who only moved keeps them, as seats of activities.

    Args:
        tx: the transaction in which the copy of the member got this standing.
        member_id: the member.
        standing: the member's; None for somebody who is no member any more.
    """
    if standing not in rules.TAKES_PART:
        _give_back(tx, member_id, standing)


def forget_bookings(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase whose bookings those of a former member were, and what was noted of them; they stay as figures."""
    member_id = event.data["member_id"]
    release(tx, member_id, None)
    tx.session.flush()
    _erase(tx, sa.select(PlaceBooking.id).where(PlaceBooking.member_id == member_id))


def forget_old_bookings(tx: Transaction) -> None:
    """Erase whose the next bookings were that are older than the rule says: where somebody was is nobody's business."""
    months = count_or_none(tx, "places.keep_months")
    if months is None:
        return
    before = start_of(months_until(tx.today, months + 1)[0])
    old = (
        sa.select(PlaceBooking.id)
        .where(PlaceBooking.member_id.is_not(None), PlaceBooking.starts_at < before)
        .order_by(PlaceBooking.starts_at)
        .limit(AT_ONCE * 5)
    )
    _erase(tx, old)


def _erase(tx: Transaction, wanted: sa.Select[Any]) -> None:
    ids = tx.session.scalars(wanted).all()
    erased = sa.update(PlaceBooking).where(PlaceBooking.id.in_(ids)).values(**_NOBODY)
    tx.session.execute(erased.execution_options(synchronize_session=False))
    erase_logs(tx, [store.history_of_booking(one) for one in ids])


def _give_back(tx: Transaction, member_id: UUID, standing: str | None) -> None:
    tx.lock(store.member_lock(member_id))
    coming = sa.select(PlaceBooking.id, PlaceBooking.place_id).where(
        PlaceBooking.member_id == member_id, PlaceBooking.state.in_(OPEN), PlaceBooking.starts_at > tx.now
    )
    by_place: dict[Any, list[Any]] = {}
    for row in tx.session.execute(coming):
        by_place.setdefault(row.place_id, []).append(row.id)
    for place_id in sorted(by_place):
        place: Place = store.place_of(tx, place_id, lock=True)
        if rules.standing_may_book(standing, place.for_retained) is None:
            continue
        freed = []
        for booking_id in by_place[place_id]:
            booking = store.booking_of(tx, booking_id, lock=True)
            if booking.state in OPEN:
                store.end(tx, booking, "no_member")
                freed.append(booking.starts_at)
        fill(tx, place, freed)
