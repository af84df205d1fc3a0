"""Refused claims decided again, all at once, after a rule or the budget was put right."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.identifiers import uuid7
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.rulebook import operations as rulebook
from services.governance.funds.use_cases import retrying
from tests.component.governance.harness import GovernanceHarness

CAP = {
    "key": "benefit.birthday.cap", "value": "300.00", "document": "本校办法", "valid_from": "2026-01-01",
}  # fmt: skip


def birthdays(number: int) -> list[dict[str, Any]]:
    return [
        {"grant_id": str(uuid7()), "beneficiary": f"{one:032x}", "amount": "200.00", "form": "goods"}
        for one in range(number)
    ]


@pytest.fixture
def national(governance: GovernanceHarness) -> GovernanceHarness:
    """The service with the national rules, which name no amounts, and a budget without the demonstration's rules."""
    governance.ask(rulebook.adopt_rule_set, ruleset="national")
    governance.ask(budget.open_budget, year=2026)
    return governance


@pytest.mark.databases("postgresql", "sqlite")
def test_what_was_refused_for_a_missing_rule_is_recorded_together_once_it_is_set(national, monkeypatch):
    monkeypatch.setattr(retrying, "AT_ONCE", 3)
    national.grant(*birthdays(4))
    national.claim(uuid7())
    national.ask(rulebook.set_rule, **CAP, basis="per_member_year")

    first = national.ask(funds.retry_refusals, source="birthday")
    second = national.ask(funds.retry_refusals, source="birthday", after=first["after"])

    assert (first["recorded"], first["refused"]) == (3, 0)
    assert second == {"recorded": 1, "refused": 0, "after": None}
    (left,) = national.ask(funds.list_refusals, state="open")["items"]
    assert left["rule"] == "benefit.birth.cap"
    assert len(national.events("expense_recorded")) == 4
    assert national.ask(bookkeeping.verify_ledger)["intact"]


def test_what_one_rule_refused_is_counted_and_checked_again_by_itself(national):
    national.grant(*birthdays(2))
    national.claim(uuid7())
    of_rule = {"rule": CAP["key"], "state": "open", "limit": 1, "with_total": True}
    assert national.ask(funds.list_refusals, **of_rule)["total"] == 2
    national.ask(rulebook.set_rule, **CAP, basis="per_member_year")

    assert national.ask(funds.retry_refusals, rule="benefit.birth.cap") == {"recorded": 0, "refused": 1, "after": None}
    assert national.ask(funds.retry_refusals, rule=CAP["key"]) == {"recorded": 2, "refused": 0, "after": None}

    assert national.ask(funds.list_refusals, **of_rule)["total"] == 0
    assert national.ask(funds.list_refusals, state="open", with_total=True)["total"] == 1


def test_what_is_refused_again_stays_and_is_counted(national):
    national.grant(*birthdays(2))
    assert national.ask(funds.retry_refusals) == {"recorded": 0, "refused": 2, "after": None}
    assert len(national.ask(funds.list_refusals, state="open")["items"]) == 2


def test_a_cap_of_the_year_is_the_years_cap_too(national):
    national.ask(rulebook.set_rule, **CAP, basis="per_member_year")
    assert "benefit.birthday.year_cap" not in national.ask(rulebook.list_missing_rules)["keys"]

    (one,) = birthdays(1)
    national.grant(one, {**one, "grant_id": str(uuid7()), "amount": "100.01"})

    assert [entry["amount"] for entry in national.ask(funds.list_fund_entries)["items"]] == ["200.00"]
    (refused,) = national.ask(funds.list_refusals)["items"]
    assert refused["reason_code"] == "year_cap_exceeded"


def test_a_cap_of_each_occasion_leaves_the_years_cap_to_be_set(national):
    national.ask(rulebook.set_rule, **CAP, basis="per_occasion")
    assert "benefit.birthday.year_cap" in national.ask(rulebook.list_missing_rules)["keys"]
    national.grant(*birthdays(1))
    (refused,) = national.ask(funds.list_refusals)["items"]
    assert refused["rule"] == "benefit.birthday.year_cap"
