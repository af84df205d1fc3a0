"""Rules of the year's plan: progress of items, the plan in force, suggestions for activities, editing.

Pure: no database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.chassis.rules.refusal import Refusal

_SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTICE = timedelta(days=14)
"""Minimum time between scheduling and the suggested day."""

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)
_WEDNESDAY = 2
_AFTERNOON = time(14, 0)


ENDED = ("done", "dropped")
"""States of items that nothing more is expected of."""


@dataclass(frozen=True)
class Tally:
    """Facts about an item: its activities by state, its visits, and whether an officer marked it as done or dropped."""

    target: int = 1
    scheduled: int = 0
    held: int = 0
    counts_visits: bool = False
    visits_due: int = 0
    visits_done: int = 0
    declared_done: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class Progress:
    """State and percent of an item."""

    state: str
    percent: int


def progress_of(tally: Tally) -> Progress:
    """Return the progress of an item.

    An item marked as done is done. Held activities are counted against the target, visits made against the target or
    the visits due, whichever is more. New visits may come until the end of the year, so an item with visits only stays
    in progress even when all were made. A dropped item stays dropped.
    """
    if tally.dropped:
        return Progress("dropped", 0)
    if tally.declared_done or tally.held >= tally.target > 0:
        return Progress("done", 100)
    by_activities = 100 * tally.held // tally.target if tally.target else 0
    by_visits = _percent_of_visits(tally)
    if tally.held or (tally.counts_visits and tally.visits_due):
        return Progress("in_progress", max(by_activities, by_visits))
    return Progress("scheduled" if tally.scheduled else "open", 0)


def _percent_of_visits(tally: Tally) -> int:
    if not tally.counts_visits or tally.visits_due <= 0:
        return 0
    return min(100, 100 * tally.visits_done // max(tally.visits_due, tally.target))


def is_late(today: date, year: int, months: Sequence[int | None], reached: Progress) -> bool:
    """Whether an item's months are over and it is neither done nor dropped; a standing duty has the whole year."""
    if reached.state in ENDED or reached.percent >= 100:
        return False
    return (year, max((month for month in months if month is not None), default=12)) < (today.year, today.month)


def plan_progress(percents: Collection[int]) -> int:
    """Return the mean percent of a plan's items, rounded down; 0 for an empty plan."""
    return sum(percents) // len(percents) if percents else 0


def of_another_year(text: str, years: int) -> str:
    """Return a title with the years in it moved on: a plan of 2023 that is used for 2026 has no contest of 2023.

    Args:
        text: the title.
        years: by how many years; negative for an earlier year.
    """
    return _YEAR.sub(lambda found: str(int(found.group()) + years), text)


def plan_in_force(on: date, published_years: Collection[int]) -> int | None:
    """Return the year of the plan in force on a day: the latest published one not later than the day's year.

    Until the next plan is published, visits are counted for the last one.
    """
    past = [year for year in published_years if year <= on.year]
    return max(past, default=None)


def months_are_in_order(month: int | None, month_to: int | None) -> Refusal | None:
    """A span needs its first month and does not end before it begins."""
    if month_to is None or (month is not None and month <= month_to):
        return None
    return Refusal("plan.months_are_in_order", "A span of months ends before it begins.", field="month_to")


def calendar_item_has_month(part: str, month: int | None) -> Refusal | None:
    """An item of the calendar has a month; a duty of parts I to V may be for the whole year."""
    if part != "calendar" or month is not None:
        return None
    return Refusal("plan.calendar_item_has_month", "An item of the calendar needs its month.", field="month")


def activity_item_has_kind(measure: str, kind: str | None) -> Refusal | None:
    """An item measured by activities needs their kind."""
    if measure != "activity" or kind:
        return None
    return Refusal("plan.activity_item_has_kind", "An item measured by activities needs their kind.", field="kind")


def plan_is_new(begun: bool, year: int) -> Refusal | None:
    """A year has one plan."""
    return Refusal("plan.plan_is_new", "This year has a plan.", field="year", params={"year": year}) if begun else None


def plan_is_draft(state: str, year: int) -> Refusal | None:
    """A published plan can be changed item by item, but not deleted."""
    if state == "draft":
        return None
    return Refusal("plan.plan_is_draft", "The plan is published and stays.", field="year", params={"year": year})


def plan_is_unused(activities: int) -> Refusal | None:
    """A draft with activities for its items is not deleted, because they refer to it."""
    if not activities:
        return None
    return Refusal(
        "plan.plan_is_unused",
        "Activities were scheduled for items of this plan.",
        params={"activities": activities},
    )


def plan_has_items(items: int) -> Refusal | None:
    """An empty plan is not published."""
    return None if items else Refusal("plan.plan_has_items", "The plan has no items yet.")


def item_is_unused(activities: int, visits_done: int) -> Refusal | None:
    """An item with activities or progress can't be removed."""
    if not activities and not visits_done:
        return None
    return Refusal(
        "plan.item_is_unused",
        "Something was already scheduled or done for this item; it can be completed, not removed.",
        params={"activities": activities, "visits": visits_done},
    )


def item_is_unfinished(state: str) -> Refusal | None:
    """A finished item can't be dropped."""
    return Refusal("plan.item_is_unfinished", "The item is done.") if state == "done" else None


def item_has_nothing_scheduled(activities: int) -> Refusal | None:
    """An item with an activity to come is not dropped; the activity is cancelled or moved first."""
    if not activities:
        return None
    return Refusal(
        "plan.item_has_nothing_scheduled",
        "An activity is scheduled for this item; cancel or move it first.",
        params={"activities": activities},
    )


def item_is_in_the_plan(state: str) -> Refusal | None:
    """A dropped item is not dropped again, nor marked as done."""
    return Refusal("plan.item_is_in_the_plan", "The item was dropped.") if state == "dropped" else None


def item_is_dropped(state: str) -> Refusal | None:
    """Only a dropped item can be taken up again."""
    return None if state == "dropped" else Refusal("plan.item_is_dropped", "The item was not dropped.")


@dataclass(frozen=True)
class Suggestion:
    """A suggested time of the next activity of an item, and its end of registration; all aware UTC."""

    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    cancel_until: datetime


def suggest_time(now: datetime, year: int, months: Sequence[int | None], minutes: int) -> Suggestion:
    """Suggest a Wednesday afternoon in the item's months, two weeks from now at the earliest.

    Args:
        now: the present, aware.
        year: the plan's year.
        months: first and last month of the item; None for a standing duty.
        minutes: how long the activity takes.

    If the months are past (an old plan is still in use), the first such afternoon from now is suggested.
    """
    today = now.astimezone(_SHANGHAI).date()
    earliest = today + NOTICE
    first, last = _window(year, months)
    day = _wednesday_from(max(first + timedelta(days=7), earliest))
    if day > last:
        day = _wednesday_from(max(first, earliest))
    if day > last:
        day = _wednesday_from(earliest)
    starts_at = datetime.combine(day, _AFTERNOON, _SHANGHAI).astimezone(UTC)
    return Suggestion(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        registration_opens_at=now.astimezone(UTC).replace(second=0, microsecond=0),
        registration_closes_at=starts_at - timedelta(days=2),
        cancel_until=starts_at - timedelta(days=1),
    )


def _window(year: int, months: Sequence[int | None]) -> tuple[date, date]:
    given = [month for month in months if month is not None]
    if not given:
        return date(year, 1, 1), date(year, 12, 31)
    first, last = date(year, min(given), 1), max(given)
    after = date(year + 1, 1, 1) if last == 12 else date(year, last + 1, 1)
    return first, after - timedelta(days=1)


def _wednesday_from(day: date) -> date:
    return day + timedelta(days=(_WEDNESDAY - day.weekday()) % 7)
