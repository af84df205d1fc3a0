"""Children's classes in tests: a term that is open, a class, children who are registered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.chassis.clock import today
from services.chassis.database.transaction import transaction
from services.chassis.rules.rulebook import load_rules
from services.contracts.activities.children_classes import children, classes
from tests.component.activities.harness import OFFICER, ActivitiesHarness, at, member_account

COLLECTS = [{"name": "王小明", "phone": "13800001111", "relation": "grandparent"}]


def with_child_rules(activities: ActivitiesHarness, **figures: int) -> ActivitiesHarness:
    """Put rules of children's classes in force."""
    rules = [
        {
            "key": f"children.{name}", "value": value, "unit": "count", "title": "托班办法", "article": "一",
            "valid_from": "2020-01-01",
        }
        for name, value in {"keep_months": 6, **figures}.items()
    ]  # fmt: skip
    with transaction(activities.database) as tx:
        load_rules(tx, rules, "own")
    return activities


def open_term(union: ActivitiesHarness, **changes: Any) -> UUID:
    """Add a term that has begun ten days ago, ends in fifty, and takes children, and return its id."""
    values = {
        "name": "秋季班", "starts_on": today() - timedelta(days=10), "ends_on": today() + timedelta(days=50),
        "opens_at": at(days=-20), "closes_at": at(days=20), **changes,
    }  # fmt: skip
    return UUID(union.ask(classes.add_children_term, OFFICER, **values)["id"])


def open_class(union: ActivitiesHarness, term: UUID | None = None, **changes: Any) -> UUID:
    """Add a class for children from 6 to 9 with two places, and return its id."""
    values = {
        "term_id": term or open_term(union), "name": "篮球托班", "place": "体育馆", "times": "周一至周五 16:30–18:00",
        "age_from": 6, "age_to": 9, "places": 2, **changes,
    }  # fmt: skip
    return UUID(union.ask(classes.add_children_class, OFFICER, **values)["id"])


def born(years: int = 7) -> date:
    """The day of birth of a child that is so many years old, and a half."""
    return today() - timedelta(days=int(365.25 * (years + 0.5)))


def asking(found: UUID, name: str = "李小雨", **changes: Any) -> dict[str, Any]:
    """A request to register a child."""
    return {
        "class_id": found, "child_name": name, "born_on": born(), "phone": "13900002222", "pick_up": COLLECTS,
        "health_note": "对花生过敏", "consent_version": 1, "consents": True, **changes,
    }  # fmt: skip


def register(union: ActivitiesHarness, found: UUID, member: UUID, name: str = "李小雨", **changes: Any) -> Any:
    return union.ask(children.register_child, member_account(member), **asking(found, name, **changes))
