"""Money that welfare reserves: committed once, used by payments in any order, given back; refused with the rule."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import Refused
from services.chassis.identifiers import uuid7
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import operations as funds
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.test_claims import entries, line, refusals

HOLIDAY = "care.holiday"
TRIP = {"source_type": "trip", "benefit_key": "recuperation", "funding_source": "administration"}
ENTRUSTED = "entrusted.recuperation"


def sums(governance: GovernanceHarness, code: str = HOLIDAY) -> tuple[str, str]:
    """Return what a line has committed and spent."""
    found = line(governance, code)
    return found["committed"], found["spent"]


def commitment(governance: GovernanceHarness, source: str = "goods") -> dict[str, Any]:
    (found,) = governance.ask(budget.list_commitments, source=source)["items"]
    return found  # type: ignore[no-any-return]


def goods(source_id: UUID, amount: str = "200.00", **fields: Any) -> dict[str, Any]:
    """Return one member's goods of a cycle, handed out."""
    return {
        "grant_id": uuid7(), "benefit_key": "holiday", "amount": amount, "form": "goods", "cycle_id": source_id,
        "beneficiary": f"{uuid7().hex}", "rule_key": None, **fields,
    }  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_a_reservation_is_committed_once_whatever_comes_again(funded: GovernanceHarness):
    cycle = uuid7()
    for _ in range(3):
        funded.reserve(cycle)
    assert sums(funded) == ("240000.00", "0.00")
    kept = commitment(funded)
    assert (kept["source_id"], kept["line_code"], kept["state"]) == (str(cycle), HOLIDAY, "open")
    assert (kept["amount"], kept["paid"], kept["description"]) == ("240000.00", "0.00", "2026 年春节慰问品")
    (told,) = funded.events("funding_committed")
    assert (told["source_id"], told["claim"], told["commitment_id"]) == (str(cycle), 1, kept["id"])


@pytest.mark.databases("postgresql", "sqlite")
def test_goods_handed_out_use_the_cycles_reservation_and_the_rest_comes_back(funded: GovernanceHarness):
    cycle = uuid7()
    funded.reserve(cycle, amount="500.00")
    given = goods(cycle), goods(cycle)
    funded.grant(*given)
    funded.grant(*given)
    assert sums(funded) == ("100.00", "400.00")
    assert (commitment(funded)["state"], commitment(funded)["paid"]) == ("open", "400.00")
    assert len(funded.ask(budget.list_commitments)["items"]) == 1
    for _ in range(2):
        funded.release(cycle)
    assert sums(funded) == ("0.00", "400.00")
    assert commitment(funded)["state"] == "released"


@pytest.mark.parametrize("order", list(permutations(("reserve", "pay", "release"))))
def test_the_order_in_which_they_arrive_makes_no_difference(funded: GovernanceHarness, order: tuple[str, ...]):
    trip = uuid7()
    steps = {
        "reserve": lambda: funded.reserve(trip, amount="4000.00", **TRIP),
        "pay": lambda: funded.pay(trip),
        "release": lambda: funded.release(trip, source_type="trip"),
    }
    for step in order:
        steps[step]()
        steps[step]()
    assert sums(funded, ENTRUSTED) == ("0.00", "1800.00")
    assert len(entries(funded)) == 1
    assert funded.ask(bookkeeping.verify_ledger)["intact"]


def test_a_payment_that_came_first_is_taken_off_its_reservation(funded: GovernanceHarness):
    trip = uuid7()
    funded.pay(trip)
    funded.reserve(trip, amount="4000.00", **TRIP)
    assert sums(funded, ENTRUSTED) == ("2200.00", "1800.00")
    reservation = next(one for one in funded.ask(budget.list_commitments, source="trip")["items"] if not one["unit_id"])
    assert (reservation["state"], reservation["amount"], reservation["paid"]) == ("open", "4000.00", "1800.00")


def test_a_fully_paid_reservation_is_settled_and_more_is_paid_by_the_line(funded: GovernanceHarness):
    trip = uuid7()
    funded.reserve(trip, amount="1000.00", **TRIP)
    funded.pay(trip)
    assert sums(funded, ENTRUSTED) == ("0.00", "1800.00")
    assert commitment(funded, "trip")["state"] == "settled"


def test_the_last_of_the_budget_is_paid_because_it_was_reserved(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code=ENTRUSTED, amount="2000.00")
    trip, other = uuid7(), uuid7()
    funded.reserve(trip, amount="2000.00", **TRIP)
    funded.pay(other)
    (refused,) = refusals(funded)
    assert (refused["source_id"], refused["reason_code"]) == (str(other), "budget_exhausted")
    funded.pay(trip)
    assert sums(funded, ENTRUSTED) == ("200.00", "1800.00")


def test_a_budget_that_does_not_suffice_refuses_with_the_figures(funded: GovernanceHarness):
    cycle = uuid7()
    funded.reserve(cycle, amount="9000000.00")
    funded.reserve(cycle, amount="9000000.00")
    (told,) = funded.events("funding_refused")
    assert (told["source_id"], told["claim"], told["rule"]) == (str(cycle), 1, "fund.line_has_money")
    assert (told["line_code"], told["available"], told["needed"]) == (HOLIDAY, "2600000.00", "9000000.00")
    assert sums(funded) == ("0.00", "0.00")
    funded.reserve(cycle, amount="1000.00", claim=2)
    assert sums(funded) == ("1000.00", "0.00")


def test_a_higher_number_changes_what_is_reserved_and_a_refused_one_leaves_it(funded: GovernanceHarness):
    cycle = uuid7()
    funded.reserve(cycle, amount="1000.00")
    funded.reserve(cycle, amount="600.00", claim=2)
    funded.reserve(cycle, amount="9000000.00", claim=3)
    assert sums(funded) == ("600.00", "0.00")
    assert [one["claim"] for one in funded.events("funding_refused")] == [3]
    funded.release(cycle, claim=2)
    assert sums(funded) == ("600.00", "0.00"), "an older release is too late"
    funded.release(cycle, claim=3)
    funded.reserve(cycle, amount="50.00", claim=4)
    assert sums(funded) == ("50.00", "0.00")


@pytest.mark.parametrize("benefit", ["recuperation", "medical_examination"])
def test_the_administration_pays_and_union_funds_never_do(funded: GovernanceHarness, benefit: str):
    source = uuid7()
    wrong = {"source_type": "purchase", "benefit_key": benefit, "funding_source": "union"}
    funded.reserve(source, **wrong)
    funded.pay(source, **wrong)
    (reserved,) = funded.events("funding_refused")
    (paid,) = funded.events("expense_refused")
    assert {reserved["rule"], paid["rule"]} == {"fund.funding_source_is_right"}
    assert entries(funded) == []


def test_a_line_of_the_administration_is_not_reserved_by_union_funds(funded: GovernanceHarness):
    funded.reserve(uuid7(), source_type="purchase", benefit_key=None, line_code=ENTRUSTED, funding_source="union")
    (told,) = funded.events("funding_refused")
    assert told["rule"] == "fund.line_pays_from"


def test_a_line_that_no_budget_has_is_refused(funded: GovernanceHarness):
    funded.reserve(uuid7(), benefit_key=None, line_code="care.unheard-of")
    funded.reserve(uuid7(), benefit_key="unheard_of")
    funded.reserve(uuid7(), benefit_key=None)
    assert [one["reason_code"] for one in funded.events("funding_refused")] == [
        "no_budget_line", "benefit_unknown", "benefit_unknown"]  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_a_reversed_payment_is_reserved_again_until_its_source_ends(funded: GovernanceHarness):
    trip = uuid7()
    funded.reserve(trip, amount="1800.00", **TRIP)
    funded.pay(trip)
    (entry,) = entries(funded)
    funded.ask(funds.reverse_entry, entry_id=entry["id"], reason="the wrong agency")
    assert sums(funded, ENTRUSTED) == ("1800.00", "0.00")
    assert commitment(funded, "trip")["state"] == "open"
    funded.pay(trip, claim=2, amount="1500.00")
    assert sums(funded, ENTRUSTED) == ("300.00", "1500.00")
    funded.release(trip, source_type="trip")
    last = next(one for one in entries(funded) if one["claim"] == 2 and one["kind"] == "expense")
    funded.ask(funds.reverse_entry, entry_id=last["id"], reason="the wrong agency")
    assert sums(funded, ENTRUSTED) == ("0.00", "0.00")


def test_a_refused_payment_is_checked_again_with_all_it_came_with(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="operations.meetings", amount="0.00")
    purchase = uuid7()
    given = {"source_type": "purchase", "benefit_key": None, "line_code": "operations.meetings",
             "funding_source": "union", "form": None}  # fmt: skip
    funded.pay(purchase, **given)
    (refused,) = refusals(funded)
    assert (refused["reason_code"], refused["line_code"]) == ("budget_exhausted", "operations.meetings")
    funded.ask(budget.set_budget_line, year=2026, code="operations.meetings", amount="5000.00")
    answer = funded.ask(funds.retry_refusal, refusal_id=refused["id"])
    assert answer["outcome"] == "recorded"
    (entry,) = entries(funded)
    assert (entry["line_code"], entry["source_type"], entry["funding_source"]) == (
        "operations.meetings", "purchase", "union")  # fmt: skip


def test_an_officer_can_release_what_a_source_left_behind(funded: GovernanceHarness):
    cycle = uuid7()
    funded.reserve(cycle, amount="500.00")
    funded.grant(goods(cycle))
    kept = commitment(funded)
    funded.ask(budget.release_commitment, commitment_id=kept["id"], reason="The cycle was dropped")
    assert sums(funded) == ("0.00", "200.00")
    with pytest.raises(Refused):
        funded.ask(budget.release_commitment, commitment_id=kept["id"], reason="again")
    funded.release(cycle)
    assert sums(funded) == ("0.00", "200.00")
