"""The money of a cycle of goods: reserved at approval, used by hand-outs, given back once all claims are settled."""

from __future__ import annotations

from datetime import date

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.governance.funds.reservations import FundingRefused
from services.contracts.welfare.payment_operations import get_money_of_source, pay_again, reserve_money_again
from services.contracts.welfare.programmes import operations as goods
from tests.component.welfare.goods import COLLECT_UNTIL, desk_open, hand_out, mine, on, open_cycle, programme, turn
from tests.component.welfare.harness import WelfareHarness

AFTER = date(2023, 3, 21)


def state_of_money(welfare: WelfareHarness, cycle_id: str) -> str:
    found = welfare.ask(get_money_of_source, source_type="goods", source_id=cycle_id)
    return str(found["funding"]["state"])


@pytest.mark.databases("postgresql", "sqlite")
def test_approval_reserves_the_price_for_everybody_on_the_list(welfare: WelfareHarness) -> None:
    welfare.rules("national", "demo")
    for _ in range(3):
        welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    (asked,) = welfare.events("funding_reserved")
    assert (asked["source_type"], asked["source_id"], asked["year"], asked["amount"]) == (
        "goods", cycle_id, 2023, "600.00")  # fmt: skip
    assert (asked["benefit_key"], asked["funding_source"], asked["title"]) == ("holiday", "union", "2023 年春节慰问品")
    assert state_of_money(welfare, cycle_id) == "asked"


def test_goods_that_the_administration_pays_reserve_nothing_of_the_union(welfare: WelfareHarness) -> None:
    welfare.rules("national", "demo")
    welfare.joined()
    paid_by_others = programme(welfare, name="防暑用品", festival=None, funding="administration")
    open_cycle(welfare, programme_id=paid_by_others["id"])
    assert welfare.events("funding_reserved") == []


def test_a_closed_cycle_gives_back_the_rest_when_all_claims_are_in_the_ledger(welfare: WelfareHarness) -> None:
    welfare.rules("national", "demo")
    members = [welfare.joined() for _ in range(3)]
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        first, second = (hand_out(welfare, mine(welfare, one)["code"])["id"] for one in members[:2])
    assert {event["cycle_id"] for event in welfare.events("benefit_granted")} == {cycle_id}
    welfare.answered(ExpenseRecorded, first, "benefit", sequence=5)
    with on(AFTER):
        turn(welfare, "expire_goods")
        assert welfare.ask(goods.get_cycle, cycle_id=cycle_id)["state"] == "closed"
        assert welfare.events("funding_released") == [], "a claim is not answered yet"
        welfare.answered(ExpenseRefused, second, "benefit", sequence=5, rule="fund.line_has_money")
        turn(welfare, "expire_goods")
        assert welfare.events("funding_released") == [], "a refused claim can still be put again"
        welfare.ask(goods.claim_goods_again, cycle_id=cycle_id)
        welfare.answered(ExpenseRecorded, second, "benefit", sequence=6, claim=2)
        turn(welfare, "expire_goods")
    (released,) = welfare.events("funding_released")
    assert (released["source_id"], released["claim"]) == (cycle_id, 1)
    assert state_of_money(welfare, cycle_id) == "released"
    assert AFTER > COLLECT_UNTIL


def test_an_officer_sees_why_money_was_refused_and_asks_again(welfare: WelfareHarness) -> None:
    welfare.rules("national", "demo")
    welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    source = {"source_type": "goods", "source_id": cycle_id}
    with pytest.raises(Refused) as refused:
        welfare.ask(reserve_money_again, **source)
    assert refused.value.rule == "payments.reservation_was_refused"
    welfare.receive("on_funding_refused", welfare.example_message(FundingRefused, 5, **source))
    shown = welfare.ask(get_money_of_source, **source)["funding"]
    assert (shown["state"], shown["refused_rule"], shown["reason_code"]) == (
        "refused", "fund.line_has_money", "budget_exhausted")  # fmt: skip
    assert welfare.ask(reserve_money_again, **source)["funding"]["state"] == "asked"
    assert [event["claim"] for event in welfare.events("funding_reserved")] == [1, 2]
    with pytest.raises(Refused):
        welfare.ask(pay_again, **source)
    for operation in (get_money_of_source, reserve_money_again, pay_again):
        with pytest.raises(NotAllowed):
            welfare.ask(operation, welfare.chair, **source)
