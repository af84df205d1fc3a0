"""Rules of seats that are offered to who waits: until when they can be taken."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.chassis.rules.refusal import Refusal


def seat_is_offered(state: str, until: datetime | None, now: datetime) -> Refusal | None:
    """A seat can be accepted or declined while it is offered, and not from the end of its time on."""
    if state == "offered" and until is not None and now < until:
        return None
    if state == "offered" and until is not None:
        detail = "The time to take the seat is over; it went to the next who waits."
        return Refusal("registration.seat_is_offered", detail, params={"until": until.isoformat()})
    return Refusal("registration.seat_is_offered", "No seat is offered to you.", params={"until": None})


def offer_ends(now: datetime, hours: int | None, starts_at: datetime) -> datetime | None:
    """Return until when a free seat is offered: some hours, or until the activity starts if that is sooner.

    Args:
        now: the moment of the offer.
        hours: of the activity; None where seats are given at once.
        starts_at: of the activity; once it has started seats are given at once.
    """
    if hours is None or now >= starts_at:
        return None
    return min(now + timedelta(hours=hours), starts_at)
