"""Events of bookings: ids, times and causes; the place is asked for by its id."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.activities.places.vocabulary import CANCEL_CAUSES

_EXAMPLE: dict[str, Any] = {
    "booking_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0501", "place_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0502",
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003",
    "starts_at": "2026-03-04T10:00:00Z", "ends_at": "2026-03-04T11:00:00Z",
}  # fmt: skip


class PlaceBookingData(Schema):
    """Which slot of which place, and for whom."""

    booking_id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)


class PlaceBookedData(PlaceBookingData):
    """`moved_up`: whether the member waited before."""

    moved_up = fields.Boolean(required=True)


class PlaceBooked(Event, source="activities"):
    """A member has a slot of a place, at once or moved up from the waiting list."""

    subject = "place/{place_id}"
    data = PlaceBookedData
    example = {**_EXAMPLE, "moved_up": True}


class PlaceBookingCancelledData(PlaceBookingData):
    """`cause`: why; `waited`: whether the member had no slot yet."""

    cause = Choice(CANCEL_CAUSES, required=True)
    waited = fields.Boolean(required=True)


class PlaceBookingCancelled(Event, source="activities"):
    """A booking, or a place on the waiting list, ended before its slot."""

    subject = "place/{place_id}"
    data = PlaceBookingCancelledData
    example = {**_EXAMPLE, "cause": "blocked", "waited": False}


class PlaceBookingMissedData(PlaceBookingData):
    """`barred_until`: the last day on which the member can't book because of this; null for none."""

    barred_until = fields.Date(required=True, allow_none=True)


class PlaceBookingMissed(Event, source="activities"):
    """Nobody came to a booked slot in time."""

    subject = "place/{place_id}"
    data = PlaceBookingMissedData
    example = {**_EXAMPLE, "barred_until": "2026-03-18"}


class PlaceAbsenceExcused(Event, source="activities"):
    """An officer took back that nobody came: the member had come, or had a reason."""

    subject = "place/{place_id}"
    data = PlaceBookingData
    example = _EXAMPLE
