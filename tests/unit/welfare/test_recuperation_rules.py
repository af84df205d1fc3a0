"""Rules of recuperation: who may apply, what is paid, what trips must keep; and the workflows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.chassis.rules.workflow import Workflow
from services.welfare.recuperation import rules
from services.welfare.recuperation.workflow import APPLICATION, TRIP

README = Path(rules.__file__).parents[1] / "README.md"

FIGURES = {
    "period_cap": "3000.00", "family_most": 2, "newcomer_until": "08-31", "newcomer_share": "1/2",
    "outside_interval": 3,
}  # fmt: skip
MEMBER = {
    "standing": "active", "joined_on": "2020-09-01", "year": 2026, "turn_used_in": None, "outside_in": None,
    "wants_outside": False, "family": 0,
}  # fmt: skip


def judged(**changes: Any) -> tuple[str | None, Decimal | None]:
    verdict = rules.eligible({**MEMBER, **changes}, FIGURES)
    return verdict.reason, verdict.amount


@pytest.mark.parametrize(
    ("changes", "reason", "amount"),
    [
        ({}, None, "3000.00"),
        ({"standing": "transferring"}, None, "3000.00"),
        ({"standing": "retained"}, "recuperation.member_is_in_service", None),
        ({"turn_used_in": 2025}, "recuperation.turn_is_unused", None),
        ({"joined_on": "2025-12-31"}, None, "3000.00"),
        ({"joined_on": "2026-08-31"}, None, "1500.00"),
        ({"joined_on": "2026-09-01"}, "recuperation.joined_in_time", None),
        ({"joined_on": "2027-01-01"}, "recuperation.joined_in_time", None),
        ({"wants_outside": True}, None, "3000.00"),
        ({"wants_outside": True, "outside_in": 2023}, None, "3000.00"),
        ({"wants_outside": True, "outside_in": 2024}, "recuperation.outside_was_long_ago", None),
        ({"outside_in": 2025}, None, "3000.00"),
        ({"family": 2}, None, "3000.00"),
        ({"family": 3}, "recuperation.family_is_small", None),
    ],
)
def test_who_may_apply_and_what_is_paid(changes: dict[str, Any], reason: str | None, amount: str | None):
    assert judged(**changes) == (reason, Decimal(amount) if amount else None)


def test_half_of_an_odd_sum_is_rounded_to_the_fen():
    verdict = rules.eligible({**MEMBER, "joined_on": "2026-03-01"}, {**FIGURES, "period_cap": "2999.99"})

    assert verdict.amount == Decimal("1500.00")


def test_a_member_pays_what_exceeds_the_amount_and_the_whole_family():
    assert rules.shares_of_cost(Decimal("3200.00"), Decimal("3000.00"), 1) == (Decimal("3000.00"), Decimal("3400.00"))
    assert rules.shares_of_cost(Decimal("2800.00"), Decimal("3000.00"), 0) == (Decimal("2800.00"), Decimal("0.00"))


@pytest.mark.parametrize(("today", "late"), [(date(2026, 7, 3), False), (date(2026, 7, 4), True)])
def test_withdrawing_is_late_within_the_days_before_departure(today: date, late: bool):
    assert rules.departure_is_near(date(2026, 7, 10), today, 7) is late


def test_exactly_a_third_may_go_outside():
    assert rules.outside_is_a_small_share(20, 60, Fraction(1, 3)) is None
    assert rules.outside_is_a_small_share(20, 59, Fraction(1, 3)) is not None


def test_the_price_is_capped_by_person_day():
    assert rules.price_is_within_cap(Decimal("3000.00"), 5, Decimal("600.00")) is None
    assert rules.price_is_within_cap(Decimal("3000.01"), 5, Decimal("600.00")) is not None


def test_a_trip_ends_settled_failed_or_cancelled_and_an_application_can_come_back_once_withdrawn():
    assert set(TRIP.final_states) == {"settled", "failed", "cancelled"}
    assert set(APPLICATION.final_states) == {"cancelled_late", "no_show", "settled"}
    assert "apply" in APPLICATION.legal("withdrawn")


@pytest.mark.parametrize("workflow", [TRIP, APPLICATION])
def test_the_diagrams_of_the_readme_are_the_workflows(workflow: Workflow):
    assert workflow.mermaid().strip() in README.read_text(encoding="utf-8")
