"""Dues in the ledger: income when they come in, out of it when they go back, undone only where they were paid."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.errors import Refused
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import operations as funds
from tests.component.governance.harness import GovernanceHarness


def entries(governance: GovernanceHarness) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = governance.ask(funds.list_fund_entries, source="dues")["items"]
    return found


@pytest.mark.databases("postgresql", "sqlite")
def test_collected_dues_are_income_at_the_bank_with_the_rule_that_names_the_account(funded: GovernanceHarness):
    funded.dues({"month": "2026-02", "received_on": "2026-03-10", "amount": "1902.35", "payments": 98})

    (listed,) = entries(funded)
    entry = funded.ask(funds.get_fund_entry, entry_id=listed["id"])
    assert (entry["kind"], entry["amount"], entry["people"]) == ("income", "1902.35", 98)
    assert (entry["posted_on"], entry["description"]) == ("2026-03-10", "2026-02 会费（工资代扣，98 笔）")
    assert [(one["account"], one["debit"], one["credit"]) for one in entry["lines"]] == [
        ("asset.bank", "1902.35", "0.00"),
        ("income.dues", "0.00", "1902.35"),
    ]
    assert [(rule["key"], rule["value"]) for rule in entry["rules"]] == [("fund.income.dues", "401")]


def test_dues_given_back_are_taken_out_of_income_and_are_no_expense(funded: GovernanceHarness):
    funded.dues({"amount": "100.00", "received_on": "2026-03-01"}, {"amount": "17.40", "received_on": "2026-03-02"})
    funded.dues_back(amount="17.40", kind="refund")

    summary = funded.ask(budget.get_fund_summary, year=2026)
    assert (summary["income"], summary["expense"]) == ("100.00", "0.00")
    assert [(one["kind"], one["amount"]) for one in entries(funded)] == [
        ("refund", "17.40"), ("income", "17.40"), ("income", "100.00"),
    ]  # fmt: skip
    assert funded.ask(bookkeeping.verify_ledger)["intact"]


def test_a_refund_that_arrives_before_its_payment_leaves_the_same_sum(funded: GovernanceHarness):
    funded.dues_back(amount="17.40", kind="reversal")
    funded.dues({"amount": "17.40", "received_on": "2026-03-02"})

    assert funded.ask(budget.get_fund_summary, year=2026)["income"] == "0.00"


def test_dues_of_a_closed_month_are_booked_today(funded: GovernanceHarness):
    funded.ask(bookkeeping.close_fund_period, period="2026-02")
    funded.dues({"received_on": "2026-02-28"})

    (entry,) = entries(funded)
    assert (entry["posted_on"], entry["spent_on"]) == ("2026-03-11", "2026-02-28")


def test_dues_are_booked_also_while_no_rule_names_the_account(governance: GovernanceHarness):
    governance.dues({"received_on": "2026-03-02"})

    (entry,) = entries(governance)
    assert governance.ask(funds.get_fund_entry, entry_id=entry["id"])["rules"] == []


def test_dues_are_not_reversed_in_the_ledger_but_where_they_were_paid(funded: GovernanceHarness):
    funded.dues({"received_on": "2026-03-02"})

    with pytest.raises(Refused) as refused:
        funded.ask(funds.reverse_entry, entry_id=entries(funded)[0]["id"], reason="not here")

    assert refused.value.rule == "fund.dues_go_back_where_they_were_paid"
