"""Goods of a cycle under every order of events: stock and entitlements conserve, and nobody collects twice."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.chassis.errors import Problem
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.programmes import operations as goods
from tests.component.welfare.goods import (
    CHOOSE_UNTIL,
    COLLECT_FROM,
    choose,
    hand_out,
    mine,
    on,
    open_cycle,
    programme,
    turn,
)
from tests.component.welfare.harness import WelfareHarness
from tests.support.at_once import all_at_once

PEOPLE, STOCKS = 4, (3, 2, 1)
WHO, PACKAGE = st.integers(0, PEOPLE - 1), st.integers(0, len(STOCKS) - 1)
_years = count(2001)


class Cycle(RuleBasedStateMachine):
    """One cycle, its members and the funds; each rule is something that somebody does, allowed or not."""

    def __init__(self, welfare: WelfareHarness, people: list[UUID]) -> None:
        super().__init__()
        self.welfare, self.people = welfare, people
        self.day = date(2023, 3, 1)
        self.codes: dict[UUID, str] = {}
        self.dead: set[UUID] = set()

    @initialize()
    def open(self) -> None:
        year = next(_years)
        made = programme(self.welfare, name=f"春节慰问品 {year}")
        self.cycle_id, self.packages = open_cycle(self.welfare, *STOCKS, programme_id=made["id"], year=year)

    @rule(days=st.sampled_from((1, 2, 9)))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(who=WHO, which=PACKAGE)
    def choose_or_change(self, who: int, which: int) -> None:
        with on(self.day), suppress(Problem):
            self.codes[self.people[who]] = choose(self.welfare, self.people[who], self.packages[which])["code"]

    @rule(timer=st.sampled_from(("choose_default_packages", "expire_goods")))
    def work_of_the_days(self, timer: str) -> None:
        with on(self.day):
            turn(self.welfare, timer, 1)

    @rule(who=WHO)
    def collect(self, who: int) -> None:
        member = self.people[who]
        with on(self.day), suppress(Problem):
            code = self.codes.get(member) or mine(self.welfare, member)["code"]
            if code:
                self.codes[member] = code
                hand_out(self.welfare, code)

    @rule(number=st.integers(1, PEOPLE + 1))
    def record_a_line(self, number: int) -> None:
        with on(self.day), suppress(Problem):
            self.welfare.ask(goods.sync_signed_list, cycle_id=self.cycle_id, sheet="A", lines=[{"number": number}])

    @rule(who=WHO, ago=st.integers(0, 3))
    def die(self, who: int, ago: int) -> None:
        member = self.people[who]
        if member not in self.dead:
            self.dead.add(member)
            death = {"member_id": member, "standing": "deceased", "on": self.day - timedelta(days=ago)}
            with on(self.day):
                self.welfare.tell(MemberLeft, **{**MemberLeft.load(MemberLeft.example), **death})

    @precondition(lambda self: self.dead)
    @rule()
    def the_death_was_a_mistake(self) -> None:
        member = self.dead.pop()
        with on(self.day):
            self.welfare.tell(
                MemberReinstated, **{**MemberReinstated.load(MemberReinstated.example), "member_id": member}
            )

    @rule(who=WHO, refuses=st.booleans())
    def the_funds_answer(self, who: int, refuses: bool) -> None:
        claims = [one for one in self.welfare.events("benefit_granted") if one["cycle_id"] == self.cycle_id]
        if claims:
            claim = claims[who % len(claims)]
            event, data = (ExpenseRefused, {"rule": "fund.line_has_money"}) if refuses else (ExpenseRecorded, {})
            self.welfare.answered(event, claim["grant_id"], "benefit", claim=claim["claim"], **data)

    @rule()
    def put_refused_claims_again(self) -> None:
        with suppress(Problem):
            self.welfare.ask(goods.claim_goods_again, cycle_id=self.cycle_id)

    @invariant()
    def stock_and_entitlements_conserve(self) -> None:
        found = self.welfare.ask(goods.reconcile_cycle, cycle_id=self.cycle_id)
        assert found["agrees"]
        assert sum(found["states"].values()) == PEOPLE
        for package, stock in zip(found["packages"], STOCKS, strict=True):
            assert 0 <= package["handed_out"] <= package["assigned"] == package["chosen"] <= package["stock"] == stock

    @invariant()
    def nobody_collects_or_is_claimed_for_twice(self) -> None:
        collected = [one for one in self.welfare.events("benefit_collected") if one["cycle_id"] == self.cycle_id]
        assert len({one["entitlement_id"] for one in collected}) == len(collected)
        claims = [one for one in self.welfare.events("benefit_granted") if one["cycle_id"] == self.cycle_id]
        assert set(Counter((one["grant_id"], one["claim"]) for one in claims).values()) <= {1}

    def teardown(self) -> None:
        while self.dead:
            self.the_death_was_a_mistake()


@pytest.mark.databases("sqlite")
def test_stock_and_entitlements_conserve_under_every_order(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(PEOPLE)]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Cycle(welfare, people), settings=settings(max_examples=12, stateful_step_count=15, deadline=None)
    )


@pytest.mark.databases("postgresql")
def test_choosing_collecting_and_expiring_at_the_same_moment_conserve(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(6)]
    cycle_id, packages = open_cycle(welfare, 4, 2)
    with on(CHOOSE_UNTIL):
        all_at_once(*(lambda one=one, at=at: choose(welfare, one, packages[at % 2]) for at, one in enumerate(people)))
        all_at_once(*(lambda one=one, at=at: choose(welfare, one, packages[at // 3]) for at, one in enumerate(people)))
    with on(COLLECT_FROM):
        turn(welfare, "choose_default_packages", 2)
        codes = [mine(welfare, one)["code"] for one in people[:4]]
        lines = [{"number": number} for number in (1, 2, 3)]
        acts: list[Any] = [lambda code=code: hand_out(welfare, code) for code in (*codes, *codes)]
        acts.append(lambda: welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A", lines=lines))
        answers = all_at_once(*acts)
        assert any(isinstance(one, Problem) for one in answers)
    found = welfare.ask(goods.reconcile_cycle, cycle_id=cycle_id)
    assert found["agrees"]
    assert found["hand_outs"] == len(welfare.events("benefit_collected")) == len(welfare.events("benefit_granted"))
    collected = [event["entitlement_id"] for event in welfare.events("benefit_collected")]
    assert len(set(collected)) == len(collected) >= 4
