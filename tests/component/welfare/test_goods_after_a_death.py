"""Goods handed out after a death which became known later: withdrawn from funds and account, and put again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseReversed
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.programmes import operations as goods
from tests.component.welfare.goods import COLLECT_FROM, desk_open, hand_out, mine, open_cycle
from tests.component.welfare.harness import WelfareHarness

BEFORE = date(2023, 3, 11)


def died(welfare: WelfareHarness, member_id: UUID, day: date) -> None:
    death = {"member_id": member_id, "standing": "deceased", "on": day}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, **death))


def claims(welfare: WelfareHarness) -> list[Any]:
    return welfare.stored("SELECT claim, claim_state FROM hand_out")


def used(welfare: WelfareHarness) -> list[Any]:
    return welfare.stored("SELECT count(*) FROM entitlement_use")


@pytest.mark.databases("postgresql", "sqlite")
def test_the_claim_is_withdrawn_once_and_never_put_again_by_hand(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        given = hand_out(welfare, mine(welfare, member_id)["code"])["id"]
        welfare.answered(ExpenseRecorded, given, "benefit", sequence=5)
        for _ in range(2):
            died(welfare, member_id, BEFORE)
        (event,) = welfare.events("claim_withdrawn")
        assert (event["source_type"], event["source_id"], event["claim"], event["amount"]) == (
            "benefit", given, 1, "200.00")  # fmt: skip
        assert str(member_id) not in str(event)
        welfare.answered(ExpenseReversed, given, "benefit", sequence=6)
        assert claims(welfare) == [(1, "none")]
        assert welfare.refused(goods.claim_goods_again, cycle_id=cycle_id).rule == "programmes.claims_can_be_put_again"
    assert used(welfare) == [(0,)]


def test_what_was_handed_out_on_the_day_of_the_death_or_before_stays(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        hand_out(welfare, mine(welfare, member_id)["code"])
        died(welfare, member_id, COLLECT_FROM)
    assert welfare.events("claim_withdrawn") == []
    assert claims(welfare) == [(1, "pending")]


def test_a_mistaken_death_puts_the_claim_again(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        given = hand_out(welfare, mine(welfare, member_id)["code"])["id"]
        died(welfare, member_id, BEFORE)
        welfare.receive("on_member_reinstated", welfare.example_message(MemberReinstated, 9, member_id=member_id))
    assert claims(welfare) == [(2, "pending")]
    assert [(one["grant_id"], one["claim"]) for one in welfare.events("benefit_granted")] == [(given, 1), (given, 2)]
    assert used(welfare) == [(1,)]
