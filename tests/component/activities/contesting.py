"""Contests in tests: one that is set, with entries and judges, and sheets that are handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.contracts.activities.contests import entries, judging, settings
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account

THIRD_UNIT = UUID(int=3)
CRITERIA = [
    {"name": "教学设计", "weight": "20"},
    {"name": "课堂教学", "weight": "75"},
    {"name": "教学反思", "weight": "5"},
]


def set_up(union: ActivitiesHarness, activity: UUID | None = None, **changes: Any) -> UUID:
    """Say how an activity is judged, and return its id."""
    activity = activity or union.schedule(title="青年教师教学竞赛", kind="contest")
    values = {"scoring": "mean", "criteria": CRITERIA, "groups": ["文科", "理科"], **changes}
    union.ask(settings.set_contest, OFFICER, activity_id=activity, **values)
    return activity


def enter(union: ActivitiesHarness, contest: UUID, *names: str, group: int = 1, **more: Any) -> list[str]:
    """Enter names and return the ids of the entries."""
    return [
        union.ask(entries.enter_contest, OFFICER, activity_id=contest, group=group, name=name, **more)["id"]
        for name in names
    ]


def name_judges(union: ActivitiesHarness, contest: UUID, count: int, unit: UUID = THIRD_UNIT) -> list[UUID]:
    """Name members as judges of all groups, the first as head, and return their ids."""
    members = union.members(count, unit)
    groups = [one["number"] for one in union.ask(settings.get_contest, OFFICER, activity_id=contest)["groups"]]
    for place, one in enumerate(members):
        union.ask(
            judging.add_judge, OFFICER, activity_id=contest, member_id=one, groups=groups, head=place == 0
        )  # fmt: skip
    return members


def sheet(*points: str | None) -> list[dict[str, Any]]:
    """Points of the criteria, in their order."""
    return [{"number": number, "points": one} for number, one in enumerate(points, start=1)]


def hand_in(union: ActivitiesHarness, contest: UUID, judge: UUID, entry: str, *points: str) -> Any:
    """Hand a sheet in; one figure stands for all criteria."""
    given = points * 3 if len(points) == 1 else points
    return union.ask(
        judging.hand_in_sheet, member_account(judge), activity_id=contest, entry_id=entry, points=sheet(*given)
    )


def step(union: ActivitiesHarness, operation: Any, contest: UUID, **more: Any) -> Any:
    """Let the officer take a step of a contest."""
    return union.ask(operation, OFFICER, activity_id=contest, **more)


def table(union: ActivitiesHarness, contest: UUID, by: Any = OFFICER) -> list[tuple[Any, ...]]:
    """Name, score, rank and award of each entry."""
    items = union.ask(entries.contest_results, by, activity_id=contest)["items"]
    return [(one["name"], one["score"], one["rank"], one["award"]) for one in items]
