"""Places in tests: one that is open, the rules of bookings, slots of tomorrow, members who book."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.chassis.clock import SHANGHAI, start_of, today
from services.chassis.database.transaction import transaction
from services.chassis.rules.rulebook import load_rules
from services.contracts.activities.places import bookings, places
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account

FIGURES = {
    "days_ahead": 14, "open_most": 3, "week_most": 3, "cancel_minutes": 120, "check_in_minutes": 15,
    "missed_most": 3, "missed_days": 30, "barred_days": 14, "keep_months": 12,
}  # fmt: skip
DAILY = [{"weekday": str(day), "opens": "08:00", "closes": "22:00"} for day in range(1, 8)]


def with_rules(activities: ActivitiesHarness, **changes: int | None) -> ActivitiesHarness:
    """Put the rules of bookings in force; None leaves one out."""
    figures = {name: value for name, value in {**FIGURES, **changes}.items() if value is not None}
    rules = [
        {
            "key": f"places.{name}", "value": value, "unit": "count", "title": "场地预约办法", "article": "三",
            "valid_from": "2020-01-01",
        }
        for name, value in figures.items()
    ]  # fmt: skip
    with transaction(activities.database) as tx:
        load_rules(tx, rules, "own")
    return activities


def open_place(activities: ActivitiesHarness, **changes: Any) -> UUID:
    """Add a place that is open from 8 to 22 each day, in slots of an hour, and return its id."""
    values = {"name": "羽毛球场", "kind": "court", "address": "体育馆一楼", "hours": DAILY, **changes}
    return UUID(activities.ask(places.add_place, OFFICER, **values)["id"])


def slot(days: int = 1, hour: int = 10, minute: int = 0) -> datetime:
    """The moment in China so many days from now."""
    return start_of(today() + timedelta(days=days)) + timedelta(hours=hour, minutes=minute)


def book(activities: ActivitiesHarness, place: UUID, member: UUID, starts_at: datetime) -> Any:
    return activities.ask(bookings.book_place, member_account(member), place_id=place, starts_at=starts_at)


def refusal(activities: ActivitiesHarness, place: UUID, member: UUID, starts_at: datetime) -> Any:
    return activities.refused(bookings.book_place, member_account(member), place_id=place, starts_at=starts_at)


def states(activities: ActivitiesHarness, place: UUID) -> list[tuple[str, int | None]]:
    """State and number of all bookings of a place, in the order in which they were made."""
    found = activities.ask(bookings.list_place_bookings, OFFICER, place_id=place, show="all", limit=100)["items"]
    return [(one["state"], one["number"]) for one in sorted(found, key=lambda one: (one["booked_at"], one["id"]))]


def local(text: str) -> datetime:
    """A moment in China's time, as `2026-03-04 10:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
