"""Loading places and bookings, the figures they go by, and moving a booking with its event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.workflow import PLACE_BOOKING
from services.chassis.clock import SHANGHAI
from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.activities.places.events import PlaceBooked, PlaceBookingCancelled

Figures = Mapping[str, RuleInForce]
BOOKING = (
    "id", "place_id", "member_id", "unit_id", "starts_at", "ends_at", "state", "number", "booked_at", "checked_in_at",
    "cancelled_at", "cause", "note",
)  # fmt: skip
_EVENT = ("place_id", "member_id", "unit_id", "starts_at", "ends_at")


def place_of(tx: Transaction, place_id: UUID, *, lock: bool = False) -> Place:
    """Return a place. Raises `NotFound`."""
    return tx.get(Place, place_id, "There is no such place.", field="place_id", lock=lock)


def booking_of(tx: Transaction, booking_id: UUID, *, lock: bool = False) -> PlaceBooking:
    """Return a booking. Raises `NotFound`."""
    return tx.get(PlaceBooking, booking_id, "There is no such booking.", field="booking_id", lock=lock)


def locked(tx: Transaction, booking_id: UUID) -> tuple[Place, PlaceBooking]:
    """Return a booking with its place, both locked, the place first: so do all who give out slots."""
    place = place_of(tx, booking_of(tx, booking_id).place_id, lock=True)
    return place, booking_of(tx, booking_id, lock=True)


def member_lock(member_id: UUID) -> str:
    """Return the name of the lock under which a member's bookings are counted; taken before the lock of a place."""
    return f"place-member/{member_id}"


def subject_of(place_id: UUID) -> str:
    """Return the name under which the changes and the photo of a place are kept."""
    return f"place/{place_id}"


def history_of_booking(booking_id: UUID) -> str:
    """Return the name under which what officers recorded of a booking is kept."""
    return f"place_booking/{booking_id}"


def figures_for(tx: Transaction, names: Collection[str], on: date, employment: str | None) -> Figures:
    """Return the rules of bookings by the end of their key, for a form of employment.

    Raises:
        NoRuleInForce: one is missing.
    """
    return {name: rule_in_force(tx, f"places.{name}", on, scope=employment) for name in names}


def hour_of_week(instant: datetime) -> int:
    """Return the hour of the week in China, 0 for the one after midnight on Monday."""
    local = instant.astimezone(SHANGHAI)
    return local.weekday() * 24 + local.hour


def announced(booking: PlaceBooking) -> dict[str, Any]:
    """Return what events tell of a booking."""
    return {"booking_id": booking.id, **{name: getattr(booking, name) for name in _EVENT}}


def give_slot(tx: Transaction, booking: PlaceBooking, action: str, number: int) -> None:
    """Give a booking one of the numbers of its slot, and announce it."""
    booking.state = PLACE_BOOKING.apply(booking.state, action, roles=None)
    booking.number, booking.confirmed_at = number, tx.now
    tx.session.add(booking)
    tx.session.flush()
    tx.record(PlaceBooked(**announced(booking), moved_up=action == "move_up"))


def end(tx: Transaction, booking: PlaceBooking, cause: str, note: str | None = None) -> None:
    """Cancel a booking or a place on the waiting list, and announce it.

    Raises:
        Refused: it has ended.
    """
    waited = booking.state == "waiting"
    booking.state = PLACE_BOOKING.apply(booking.state, "cancel", roles=None)
    booking.number, booking.cancelled_at, booking.cause, booking.note = None, tx.now, cause, note
    if booking.member_id is not None:
        tx.record(PlaceBookingCancelled(**announced(booking), cause=cause, waited=waited))


def reply(booking: PlaceBooking, place_name: str, **more: Any) -> dict[str, Any]:
    """Return a booking as the contract has it."""
    return {**{name: getattr(booking, name) for name in BOOKING}, "place_name": place_name, **more}


def names_of(tx: Transaction, place_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of places by id."""
    rows = tx.session.execute(sa.select(Place.id, Place.name).where(Place.id.in_(place_ids)))
    return {row.id: row.name for row in rows}
