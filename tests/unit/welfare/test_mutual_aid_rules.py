"""Rules of mutual aid, and the diagrams of its ways in the README."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.workflow import CLAIM, COVER, PERIOD

README = Path(__file__).parents[3] / "services" / "welfare" / "README.md"


def case(**changes: Any) -> dict[str, Any]:
    return {
        "standing": "active", "takes_retired": True, "women_only": False, "woman": None, "age": 40, "age_from": 18,
        "age_to": 65, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"standing": "transferring"}, None),
        ({"standing": "retained"}, None),
        ({"standing": "retained", "takes_retired": False}, "mutual_aid.member_is_in_service"),
        ({"standing": "withdrawn"}, "mutual_aid.person_is_a_member"),
        ({"standing": "deceased"}, "mutual_aid.person_is_a_member"),
        ({"women_only": True, "woman": True}, None),
        ({"women_only": True, "woman": False}, "mutual_aid.plan_is_for_women"),
        ({"age": 18}, None),
        ({"age": 65}, None),
        ({"age": 17}, "mutual_aid.age_is_covered"),
        ({"age": 66}, "mutual_aid.age_is_covered"),
        ({"age": None}, "mutual_aid.age_is_known"),
    ],
)
def test_who_can_be_covered(changes: dict[str, Any], reason: str | None) -> None:
    assert rules.enrolled(case(**changes), {}).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"filed_on": "2026-08-31"}, "mutual_aid.claim_is_in_time"),
        ({"covered": False}, "mutual_aid.event_is_covered"),
    ],
)
def test_when_a_claim_is_taken(changes: dict[str, Any], reason: str | None) -> None:
    days = {"event_on": "2026-07-01", "filed_on": "2026-08-30", "due_on": "2026-08-30"}
    assert rules.claimable({"covered": True, **days, **changes}, {}).reason == reason


def test_the_deadline_counts_from_the_day_after_the_event() -> None:
    assert rules.due_on(date(2026, 7, 1), 60) == date(2026, 8, 30)


@pytest.mark.parametrize("workflow", [PERIOD, COVER, CLAIM])
def test_the_readme_draws_the_ways(workflow: Any) -> None:
    assert workflow.mermaid() in README.read_text(encoding="utf-8")
