"""What a change of rules would alter: visits under way and entitlement accounts."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.errors import NotAllowed
from services.contracts.welfare import rulebook
from tests.component.welfare.harness import WelfareHarness

CAP = "benefit.birth.cap"


def effects(welfare: WelfareHarness, key: str, *rules: dict[str, Any], **changes: Any) -> list[tuple[str, str, int]]:
    found = welfare.ask(rulebook.preview_rule_change, key=key, rules=list(rules), **changes)["items"]
    return [(one["kind"], one["outcome"], one["count"]) for one in found]


def rule(value: Any, begins: str = "2023-01-01", basis: str | None = None) -> dict[str, Any]:
    return {"value": value, "basis": basis, "valid_from": begins, "valid_to": None}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_visit_to_be_made_would_have_another_cap(welfare: WelfareHarness):
    visit = welfare.report(welfare.joined(), "birth")["visit_id"]
    welfare.report(welfare.joined(), "wedding")

    (found,) = welfare.ask(rulebook.preview_rule_change, key=CAP, rules=[rule("800.00")])["items"]
    assert found == {"kind": "visits", "outcome": "changed", "count": 1, "ids": [visit], "at_least": False}
    assert effects(welfare, CAP, rule("500.00", basis="per_occasion")) == []


def test_a_visit_whose_claim_is_open_would_be_refused_by_a_lower_cap(welfare: WelfareHarness):
    visit = welfare.report(welfare.joined(), "birth")["visit_id"]
    welfare.complete(visit, amount="500.00")

    assert effects(welfare, CAP, rule("300.00")) == [("visits", "refused", 1)]
    assert effects(welfare, CAP, rule("300.00", "2023-03-02")) == [], "the day of the visit decides"
    assert effects(welfare, "benefit.birth.forms", rule(["cash"])) == [("visits", "refused", 1)]


def test_a_missing_figure_would_let_visits_be_made(welfare: WelfareHarness):
    welfare.report(welfare.joined(), "retirement", by=welfare.officer)

    assert effects(welfare, "benefit.retirement.cap", rule("200.00")) == [("visits", "allowed", 1)]


def test_accounts_of_the_employment_a_rule_speaks_about_would_change(welfare: WelfareHarness):
    welfare.joined(employment="contract")
    member = welfare.joined(employment="dispatched")

    (found,) = welfare.ask(
        rulebook.preview_rule_change, key="entitlement.items", scope="dispatched", rules=[rule(["holiday"])]
    )["items"]
    assert (found["kind"], found["outcome"], found["ids"]) == ("accounts", "changed", [str(member)])
    assert effects(welfare, "entitlement.items", rule(["holiday"])) == [("accounts", "changed", 1)]
    assert effects(welfare, "benefit.holiday.cap", rule("1000.00", "2023-07-01")) == [("accounts", "changed", 1)]
    assert effects(welfare, "benefit.holiday.cap", rule("1000.00", "2024-01-01")) == [], "the account of this year"


def test_a_preview_decides_nothing_and_is_for_officers(welfare: WelfareHarness):
    visit = welfare.report(welfare.joined(), "birth")["visit_id"]
    effects(welfare, CAP, rule("800.00"))

    assert welfare.complete(visit, amount="500.00")["claim_state"] == "pending"
    with pytest.raises(NotAllowed):
        welfare.ask(rulebook.preview_rule_change, welfare.chair, key=CAP, rules=[])
