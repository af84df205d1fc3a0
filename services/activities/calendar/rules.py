"""Rules of the calendar: valid timetables, marking as held, reducing seats, and audiences after changes of units.

Pure: the present time is an argument. Not here: who may register (registration).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal

LONGEST = timedelta(days=400)
"""A little more than a year; anything longer is not one activity."""
REACH = timedelta(days=5 * 366)
"""Five years, a term of office: limit of planning ahead and of entering past activities."""
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Timetable:
    """Times of an activity, its sessions as (start, end), and times of registering and cancelling."""

    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    cancel_until: datetime
    sessions: Sequence[tuple[datetime, datetime]] = ()


@dataclass(frozen=True)
class Inheritance:
    """A move of members from one unit to another, when, and whether the old unit was closed."""

    unit_id: UUID
    heir_id: UUID
    closed: bool
    happened_at: datetime


@dataclass(frozen=True)
class SeatChange:
    """A change of the seats: the new number, how many are taken, and what the organiser allowed."""

    capacity: int | None
    seats_taken: int
    waiting_list: bool
    move_overflow: bool


def activity_ends_after_it_starts(times: Timetable) -> Refusal | None:
    """An activity ends after it starts."""
    if times.ends_at > times.starts_at:
        return None
    return Refusal("calendar.activity_ends_after_it_starts", "The activity ends before it starts.", "ends_at")


def activity_is_near(starts_at: datetime, now: datetime) -> Refusal | None:
    """The start is within a few years; others are typing errors."""
    earliest, latest = now - REACH, now + REACH
    if earliest <= starts_at <= latest:
        return None
    return Refusal(
        "calendar.activity_is_near",
        f"The activity must start between {earliest:%Y-%m-%d} and {latest:%Y-%m-%d}.",
        "starts_at",
        {"earliest": f"{earliest:%Y-%m-%d}", "latest": f"{latest:%Y-%m-%d}"},
    )


def activity_is_not_endless(times: Timetable) -> Refusal | None:
    """An activity lasts at most a year; longer ones are a series."""
    if times.ends_at - times.starts_at <= LONGEST:
        return None
    return Refusal(
        "calendar.activity_is_not_endless",
        f"One activity lasts at most {LONGEST.days} days; make it a series.",
        "ends_at",
        {"days": LONGEST.days},
    )


def sessions_follow_each_other(times: Timetable) -> Refusal | None:
    """Every session ends after it starts, and starts after the end of the previous one."""
    free_from: datetime | None = None
    for starts_at, ends_at in times.sessions:
        if ends_at <= starts_at or (free_from is not None and starts_at < free_from):
            return Refusal(
                "calendar.sessions_follow_each_other",
                "Each session must end after it starts and start after the one before has ended.",
                "sessions",
            )
        free_from = ends_at
    return None


def sessions_lie_within_the_activity(times: Timetable) -> Refusal | None:
    """No session begins before the activity or ends after it."""
    if all(times.starts_at <= starts_at and ends_at <= times.ends_at for starts_at, ends_at in times.sessions):
        return None
    return Refusal(
        "calendar.sessions_lie_within_the_activity", "A session lies outside the activity's time.", "sessions"
    )


def registration_opens_before_it_closes(times: Timetable) -> Refusal | None:
    """Registration closes after it opens."""
    if times.registration_opens_at < times.registration_closes_at:
        return None
    return Refusal(
        "calendar.registration_opens_before_it_closes",
        "Registration closes before it opens.",
        "registration_closes_at",
    )


def registration_closes_before_the_end(times: Timetable) -> Refusal | None:
    """Registration closes before the activity ends."""
    if times.registration_closes_at <= times.ends_at:
        return None
    return Refusal(
        "calendar.registration_closes_before_the_end",
        "Registration must close before the activity ends.",
        "registration_closes_at",
    )


def cancelling_stops_before_the_end(times: Timetable) -> Refusal | None:
    """The deadline for cancelling is before the activity ends."""
    if times.cancel_until <= times.ends_at:
        return None
    return Refusal(
        "calendar.cancelling_stops_before_the_end",
        "The last moment to cancel must lie before the activity ends.",
        "cancel_until",
    )


TIMETABLE_RULES: tuple[Callable[[Timetable], Refusal | None], ...] = (
    activity_ends_after_it_starts,
    activity_is_not_endless,
    sessions_follow_each_other,
    sessions_lie_within_the_activity,
    registration_opens_before_it_closes,
    registration_closes_before_the_end,
    cancelling_stops_before_the_end,
)
"""All rules of a timetable, in the order of their refusals."""


def seats_cover_those_who_have_one(change: SeatChange) -> Refusal | None:
    """Fewer seats than taken require a waiting list and the organiser's explicit consent."""
    if change.capacity is None or change.seats_taken <= change.capacity:
        return None
    if change.move_overflow and change.waiting_list:
        return None
    overflow = change.seats_taken - change.capacity
    detail = f"{change.seats_taken} seats are taken; {overflow} members would lose theirs."
    hint = (
        " Say move_overflow to send the last to register back to the waiting list."
        if change.waiting_list
        else " The activity has no waiting list to send them to."
    )
    return Refusal(
        "calendar.seats_cover_those_who_have_one",
        detail + hint,
        "capacity",
        {"seats_taken": change.seats_taken, "capacity": change.capacity, "overflow": overflow},
    )


def activity_has_started(starts_at: datetime, now: datetime) -> Refusal | None:
    """An activity that has not started can't be marked as held."""
    if now >= starts_at:
        return None
    return Refusal(
        "calendar.activity_has_started",
        "The activity has not started yet, so it can't have been held.",
        "activity_id",
        {"starts_at": starts_at.isoformat()},
    )


def held_on_a_day_that_was(held_on: date, first_day: date, today: date) -> Refusal | None:
    """The day it was held is not before its first day and not in the future."""
    if first_day <= held_on <= today:
        return None
    return Refusal(
        "calendar.held_on_a_day_that_was",
        "The day it was held must lie between the activity's first day and today.",
        "held_on",
        {"first_day": first_day.isoformat(), "today": today.isoformat()},
    )


def count_is_not_another(counted: bool, before: int | None, after: int | None) -> Refusal | None:
    """How many took part, once it was counted by the closed list of who attended, is not written over."""
    if not counted or before == after:
        return None
    return Refusal(
        "calendar.count_is_not_another",
        "The closed list of who attended says another number; open it again to correct it.",
        "attended",
        {"attended": before},
    )


def with_heirs(named: Sequence[UUID], named_at: datetime, known: Sequence[Inheritance]) -> list[UUID]:
    """Return the units of an audience: those named, and those to which their members have moved since.

    A move counts if it is later than the naming, or if the unit is closed; from there on, later moves are followed.
    Moves may be given in any order and repeatedly.
    """
    reached: dict[UUID, datetime] = {}
    waiting = list(dict.fromkeys(named))
    while waiting:
        unit_id = waiting.pop()
        for step in known:
            if step.unit_id != unit_id or not _counts(step, unit_id in named, named_at, reached.get(unit_id)):
                continue
            if step.happened_at < reached.get(step.heir_id, LATEST):
                reached[step.heir_id] = step.happened_at
                waiting.append(step.heir_id)
    return [*dict.fromkeys(named), *sorted(set(reached) - set(named))]


def organiser_after(unit_id: UUID | None, known: Sequence[Inheritance]) -> UUID | None:
    """Return the unit that organises for a unit now: the successor of a closed one, of several the first created."""
    seen: set[UUID] = set()
    while unit_id is not None and unit_id not in seen:
        seen.add(unit_id)
        heirs = sorted(step.heir_id for step in known if step.unit_id == unit_id and step.closed)
        if not heirs:
            break
        unit_id = heirs[0]
    return unit_id


def _counts(step: Inheritance, named: bool, named_at: datetime, reached_at: datetime | None) -> bool:
    if named and (step.closed or step.happened_at >= named_at):
        return True
    return reached_at is not None and step.happened_at >= reached_at
