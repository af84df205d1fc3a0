"""Rules of opening times and of the slots that follow from them. Pure: minutes count from midnight in China."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from services.chassis.rules.refusal import Refusal

Span = tuple[int, int]
"""From one minute of the day to another; 1440 is its end."""


def minute_of(clock: str) -> int:
    """Return the minute of the day that `08:30` names; `24:00` is 1440."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def spans_of(hours: Collection[Mapping[str, Any]], weekday: int) -> list[Span]:
    """Return the opening times of an ISO weekday, in order."""
    return sorted(
        (minute_of(one["opens"]), minute_of(one["closes"])) for one in hours if int(one["weekday"]) == weekday
    )


def slots_of(spans: Sequence[Span], minutes: int) -> list[Span]:
    """Return the slots of a day: whole ones from each opening on; what is left before closing is too short."""
    return [
        (start, start + minutes)
        for opens, closes in spans
        for start in range(opens, closes - minutes + 1, minutes)
    ]  # fmt: skip


def hours_are_sound(hours: Collection[Mapping[str, Any]], minutes: int) -> Refusal | None:
    """A place opens before it closes, for a slot at least, and its times of a day do not overlap."""
    for weekday in range(1, 8):
        spans = spans_of(hours, weekday)
        if any(closes - opens < minutes for opens, closes in spans):
            return Refusal(
                "places.hours_hold_a_slot", "A time of opening is shorter than a slot.", "hours", {"weekday": weekday}
            )
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            return Refusal(
                "places.hours_do_not_overlap", "Times of opening of a day overlap.", "hours", {"weekday": weekday}
            )
    return None


def fits_slots(starts_at: datetime, ends_at: datetime, midnight: datetime, slots: Collection[Span]) -> bool:
    """Whether a booking is one of a day's slots.

    Args:
        starts_at: of the booking.
        ends_at: of the booking.
        midnight: at which the day of the booking begins.
        slots: of the day.
    """
    return any(
        starts_at == midnight + timedelta(minutes=opens) and ends_at == midnight + timedelta(minutes=closes)
        for opens, closes in slots
    )
