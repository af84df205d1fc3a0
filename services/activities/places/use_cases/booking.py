"""Booking a slot, waiting for one, giving it back. One member's bookings come one after the other, so do a place's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.participants.use_cases.reading import Participant, participants_of
from services.activities.places import rules
from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import absences, store, timetable
from services.activities.places.use_cases.moving_up import fill, free_number, may_use, numbers_taken, units_of
from services.activities.places.workflow import PLACE_BOOKING
from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import Refusal, sourced
from services.chassis.rules.rulebook import RuleInForce
from services.chassis.security.principal import require_member
from services.contracts.activities.places.vocabulary import HELD, OPEN

FIGURES = ("days_ahead", "open_most", "week_most", "cancel_minutes", "check_in_minutes")
"""The rules without which nobody can book."""


def book_place(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Book a slot for the caller, or put the caller on its waiting list.

    Raises:
        NoRuleInForce: a rule of bookings is missing.
        Refused: one of them says no.
    """
    member_id = require_member(tx.principal, "Only a member books.", rule="places.caller_is_a_member")
    tx.lock(store.member_lock(member_id))
    place = store.place_of(tx, request["place_id"], lock=True)
    participant = participants_of(tx, [member_id]).get(member_id)
    slot = timetable.slot_at(place, request["starts_at"])
    refuse_first(
        rules.place_is_offered(place.offered),
        may_use(place, participant, units_of(tx, place)),
        rules.slot_is_offered(slot is not None),
    )
    assert slot is not None
    assert participant is not None
    _require_allowed(tx, place, slot, participant)
    taken = numbers_taken(tx, place, slot)
    number = free_number(place, taken)
    refuse_first(rules.slot_has_room(len(taken) if number is None else 0, place.capacity, place.waiting_list))
    booking = PlaceBooking(
        place_id=place.id, member_id=member_id, unit_id=participant.unit_id, starts_at=slot.starts_at,
        ends_at=slot.ends_at, state=PLACE_BOOKING.initial, booked_at=tx.now,
        hour_of_week=store.hour_of_week(slot.starts_at),
    )  # fmt: skip
    if number is None:
        booking.state = PLACE_BOOKING.apply(booking.state, "wait", roles=None)
        tx.session.add(booking)
        tx.session.flush()
    else:
        store.give_slot(tx, booking, "take_slot", number)
    return store.reply(booking, place.name, position=positions_of(tx, [booking]).get(booking.id))


def cancel_place_booking(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give a booking back; the number goes to who waits first.

    Raises:
        NotAllowed: it is another member's.
        Refused: it has ended, it is too late, or an officer gives no reason.
    """
    seen = store.booking_of(tx, request["booking_id"])
    member_id = tx.principal.member_id
    own = member_id is not None and seen.member_id == member_id
    if not own and not tx.principal.has("officer"):
        raise NotAllowed("This is another member's booking.", rule="places.booking_is_ones_own")
    place, booking = store.locked(tx, seen.id)
    if own and member_id is not None:
        figures = store.figures_for(tx, ["cancel_minutes"], tx.today, _employment(tx, member_id))
        refuse_first(_late(tx, booking, figures["cancel_minutes"]))
    else:
        refuse_first(rules.reason_is_given(request["reason"]))
    store.end(tx, booking, "by_member" if own else "by_officer", request["reason"])
    fill(tx, place, [booking.starts_at])
    return store.reply(booking, place.name)


def cancel_rule(tx: Transaction, member_id: UUID) -> RuleInForce | None:
    """Return the rule until when a member may cancel, by the form of employment; None where there is none."""
    return rule_or_none(tx, "places.cancel_minutes", tx.today, scope=_employment(tx, member_id))


def may_cancel(tx: Transaction, booking: PlaceBooking, rule: RuleInForce | None) -> bool:
    """Whether the member may still give a booking back, by the rule; not while there is none."""
    return rule is not None and booking.state in OPEN and _late(tx, booking, rule) is None


def positions_of(tx: Transaction, bookings: Collection[PlaceBooking]) -> dict[UUID, int]:
    """Return which places on their waiting lists bookings have, by their ids; those that do not wait are left out."""
    waiting = [one for one in bookings if one.state == "waiting"]
    if not waiting:
        return {}
    ranked = sa.select(
        PlaceBooking.id,
        sa.func.row_number()
        .over(
            partition_by=(PlaceBooking.place_id, PlaceBooking.starts_at),
            order_by=(PlaceBooking.booked_at, PlaceBooking.id),
        )
        .label("position"),
    ).where(
        PlaceBooking.state == "waiting", PlaceBooking.place_id.in_({one.place_id for one in waiting}),
        PlaceBooking.starts_at.in_({one.starts_at for one in waiting}),
    ).subquery()  # fmt: skip
    own = sa.select(ranked).where(ranked.c.id.in_([one.id for one in waiting]))
    return {row.id: row.position for row in tx.session.execute(own)}


def _employment(tx: Transaction, member_id: UUID) -> str | None:
    known = participants_of(tx, [member_id]).get(member_id)
    return known.employment if known else None


def _late(tx: Transaction, booking: PlaceBooking, rule: RuleInForce) -> Refusal | None:
    confirmed = booking.confirmed_at if booking.state != "waiting" else None
    return sourced(rules.cancelled_in_time(booking.starts_at, confirmed, tx.now, rule.count), rule)


def _require_allowed(tx: Transaction, place: Place, slot: timetable.Slot, participant: Participant) -> None:
    """Raise unless the slot can be booked now, and by this member."""
    figures = store.figures_for(tx, FIGURES, tx.today, participant.employment)
    blocks = timetable.blocks_between(tx, place.id, slot.starts_at, slot.ends_at)
    day, ahead = day_of(slot.starts_at), figures["days_ahead"]
    refuse_first(
        rules.slot_is_ahead(slot.starts_at, tx.now),
        rules.slot_is_not_blocked(timetable.reason_blocked(blocks, slot)),
        sourced(rules.day_is_near(day, tx.today, ahead.count), ahead),
        absences.bar_of(tx, participant.member_id, participant.employment),
    )
    overlapping, coming, in_week = _own(tx, participant.member_id, slot, day)
    most, weekly = figures["open_most"], figures["week_most"]
    refuse_first(
        rules.one_place_at_a_time(overlapping),
        sourced(rules.open_bookings_are_few(coming, most.count), most),
        sourced(rules.week_bookings_are_few(in_week, weekly.count), weekly),
    )


def _own(tx: Transaction, member_id: UUID, slot: timetable.Slot, day: date) -> tuple[int, int, int]:
    """Return how many bookings of a member overlap the slot, are to come, and are in the week of the day."""
    monday = timetable.monday_of(day)
    begins, ends = start_of(monday), start_of(monday + timedelta(days=7))
    kept = PlaceBooking.state.in_((*HELD, "waiting"))
    overlaps = sa.and_(
        PlaceBooking.state.in_(OPEN), PlaceBooking.starts_at < slot.ends_at, PlaceBooking.ends_at > slot.starts_at
    )
    coming = sa.and_(PlaceBooking.state.in_(OPEN), PlaceBooking.starts_at > tx.now)
    in_week = sa.and_(kept, PlaceBooking.starts_at >= begins, PlaceBooking.starts_at < ends)
    counted = [sa.func.count().filter(one) for one in (overlaps, coming, in_week)]
    since = min(begins, tx.now) - timedelta(days=1)
    row = tx.session.execute(
        sa.select(*counted).where(PlaceBooking.member_id == member_id, PlaceBooking.starts_at >= since)
    ).one()
    return row[0], row[1], row[2]
