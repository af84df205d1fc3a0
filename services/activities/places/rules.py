"""Rules of places and bookings: who may book what and when, cancelling, arrival, absences. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal

TAKES_PART = frozenset({"active", "transferring"})
"""Standings that may book every place; retired members those that say so."""
RETAINED = "retained"


def name_is_free(taken: bool) -> Refusal | None:
    """Two places have different names."""
    return Refusal("places.name_is_free", "Another place has this name.", "name") if taken else None


def bookings_still_fit(others: int) -> Refusal | None:
    """A place is not changed while bookings to come would no longer fit its hours, slots or number."""
    if not others:
        return None
    return Refusal(
        "places.bookings_still_fit", f"{others} bookings to come would no longer fit.", params={"count": others}
    )


def place_is_offered(offered: bool) -> Refusal | None:
    """Only a place that is offered can be booked."""
    return None if offered else Refusal("places.place_is_offered", "This place can't be booked now.", "place_id")


def standing_may_book(standing: str | None, for_retained: bool) -> Refusal | None:
    """Members book; retired ones where the place is for them too.

    Args:
        standing: None for somebody this service does not know as a member.
        for_retained: whether the place is for retired members.
    """
    if standing in TAKES_PART or (standing == RETAINED and for_retained):
        return None
    return Refusal("places.standing_may_book", "Only members in good standing book this place.")


def member_is_in_audience(
    unit_id: UUID | None, employment: str | None, units: Collection[UUID], employments: Collection[str]
) -> Refusal | None:
    """The member is of the units and forms of employment that the place is for; empty means all."""
    if (not units or unit_id in units) and (not employments or employment in employments):
        return None
    return Refusal("places.member_is_in_audience", "This place is for other units or forms of employment.")


def slot_is_offered(known: bool) -> Refusal | None:
    """A booking is for a slot of the opening times of its day."""
    return None if known else Refusal("places.slot_is_offered", "The place has no such slot.", "starts_at")


def slot_is_not_blocked(reason: str | None) -> Refusal | None:
    """A slot that lies in a block can't be booked."""
    if reason is None:
        return None
    return Refusal("places.slot_is_not_blocked", "The place is blocked then.", "starts_at", {"reason": reason})


def slot_is_ahead(starts_at: datetime, now: datetime) -> Refusal | None:
    """A slot is booked before it begins."""
    return None if now < starts_at else Refusal("places.slot_is_ahead", "The slot has begun.", "starts_at")


def day_is_near(day: date, today: date, days: int) -> Refusal | None:
    """A slot is booked so many days ahead at most; today counts as none."""
    if day <= today + timedelta(days=days):
        return None
    opens = day - timedelta(days=days)
    return Refusal(
        "places.day_is_near", f"Bookings are made up to {days} days ahead.", "starts_at",
        {"days": days, "opens": opens.isoformat()},
    )  # fmt: skip


def open_bookings_are_few(count: int, most: int) -> Refusal | None:
    """A member has so many bookings to come at most, waiting ones included, of all places together."""
    if count < most:
        return None
    return Refusal("places.open_bookings_are_few", f"You have {count} bookings to come.", params={"most": most})


def week_bookings_are_few(count: int, most: int) -> Refusal | None:
    """A member has so many bookings in a week (Monday to Sunday) at most; cancelled ones do not count."""
    if count < most:
        return None
    return Refusal("places.week_bookings_are_few", f"You have {count} bookings that week.", params={"most": most})


def one_place_at_a_time(others: int) -> Refusal | None:
    """Nobody can be in two places at a time, nor twice in one."""
    if not others:
        return None
    return Refusal("places.one_place_at_a_time", "You have another booking at that time.", "starts_at")


def member_is_not_barred(until: date | None, today: date, count: int) -> Refusal | None:
    """Who did not come to bookings too often can't book for some days.

    Args:
        until: the last day of the bar; None for none.
        today: the present day.
        count: after how many absences one is barred.
    """
    if until is None or until < today:
        return None
    return Refusal(
        "places.member_is_not_barred", "You were absent too often.", params={"until": until.isoformat(), "count": count}
    )


def slot_has_room(taken: int, capacity: int, waiting_list: bool) -> Refusal | None:
    """A slot has room, or one can wait for it."""
    if taken < capacity or waiting_list:
        return None
    return Refusal("places.slot_has_room", "The slot is fully booked.", "starts_at")


def cancelled_in_time(
    starts_at: datetime, confirmed_at: datetime | None, now: datetime, minutes: int
) -> Refusal | None:
    """A member cancels so many minutes before the slot at the latest.

    A member who got the slot when that time was over already, or still waits, may cancel until it begins.

    Args:
        starts_at: of the slot.
        confirmed_at: when the member got it; None while waiting.
        now: the present time.
        minutes: before the slot.
    """
    deadline = starts_at - timedelta(minutes=minutes)
    if confirmed_at is None or confirmed_at > deadline:
        deadline = starts_at
    if now < deadline:
        return None
    return Refusal("places.cancelled_in_time", "It is too late to cancel.", params={"minutes": minutes})


def reason_is_given(reason: str | None) -> Refusal | None:
    """Who cancels for somebody else says why."""
    return None if reason else Refusal("places.reason_is_given", "State the reason.", "reason")


def block_lies_ahead(starts_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    """A block ends after it starts, is not over, and lasts a year at most."""
    if starts_at < ends_at <= starts_at + timedelta(days=366) and now < ends_at:
        return None
    return Refusal("places.block_lies_ahead", "A block ends in the future, within a year.", "ends_at")


def block_cancels_as_told(expected: int, found: int) -> Refusal | None:
    """A block cancels as many bookings as who asks for it saw."""
    if expected == found:
        return None
    return Refusal(
        "places.block_cancels_as_told", f"It would cancel {found} bookings now.", "cancels",
        {"expected": expected, "found": found},
    )  # fmt: skip


def booking_begins_now(found: bool, minutes: int) -> Refusal | None:
    """One checks in to a booking around its beginning."""
    if found:
        return None
    return Refusal(
        "places.booking_begins_now", "You have no booking here that begins now.", params={"minutes": minutes}
    )


def code_is_of_a_place(good: bool) -> Refusal | None:
    """The code is one that hangs at a place, and not void."""
    return None if good else Refusal("places.code_is_of_a_place", "This is no valid code of a place.", "code")


def slot_has_begun(starts_at: datetime, now: datetime) -> Refusal | None:
    """That somebody came, or did not, is recorded once the slot has begun."""
    return None if starts_at <= now else Refusal("places.slot_has_begun", "The slot has not begun.")


def barred_until(missed: Sequence[date], count: int, within: int, days: int) -> date | None:
    """Return the last day of the latest bar that follows from absences, None where there were never enough.

    A member who misses `count` bookings within `within` days (the first and last included) is barred for `days` days
    from the day after the last of them.

    Args:
        missed: days of the absences, in any order.
        count: of absences, at least 1.
        within: days.
        days: of the bar.
    """
    ordered = sorted(missed)
    ends = [
        last
        for first, last in zip(ordered, ordered[count - 1 :], strict=False)
        if (last - first).days < within
    ]  # fmt: skip
    return max(ends) + timedelta(days=days) if ends else None
