"""Whatever is booked, moved, cancelled, marked and resized in whatever order: a place belongs to one member."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from services.chassis.errors import Problem
from services.contracts.welfare.examinations import operations as contract
from tests.component.welfare.examinations.campaigns import DAY, Campaign, on
from tests.component.welfare.harness import WelfareHarness

MEMBERS, SLOTS = 4, 3
HOLDS = ("booked", "attended", "no_show")
_who, _slot = st.integers(0, MEMBERS - 1), st.integers(0, SLOTS - 1)


class Places(RuleBasedStateMachine):
    """A campaign of three small slots today and later, and four members who change their minds."""

    welfare: WelfareHarness

    @initialize(capacities=st.lists(st.integers(1, 2), min_size=SLOTS, max_size=SLOTS))
    def begin(self, capacities: list[int]) -> None:
        self.campaign = Campaign(self.welfare)
        self.package = self.campaign.package()
        days = (DAY, DAY, DAY.replace(day=27))
        self.slots = [self.campaign.slot(size, day) for size, day in zip(capacities, days, strict=True)]
        self.unit = uuid4()
        self.people: list[UUID] = [self.campaign.member(self.unit) for _ in range(MEMBERS)]
        self.campaign.open()

    @rule(who=_who, slot=_slot)
    def book(self, who: int, slot: int) -> None:
        self._try(lambda: self.campaign.book(self.people[who], self.slots[slot], self.package))

    @rule(who=_who)
    def cancel(self, who: int) -> None:
        self._try(lambda: self.campaign.cancel(self.people[who]))

    @rule(who=_who, mark=st.sampled_from(["attended", "no_show"]))
    def mark(self, who: int, mark: str) -> None:
        with on(DAY):
            self._try(lambda: self.campaign.mark(self.people[who], mark))

    @rule(slot=_slot, capacity=st.integers(1, 3))
    def resize(self, slot: int, capacity: int) -> None:
        wanted = {"slot_id": self.slots[slot], "capacity": capacity}
        self._try(lambda: self.welfare.ask(contract.set_slot_capacity, **wanted))

    @invariant()
    def every_place_belongs_to_one_member(self) -> None:
        if not hasattr(self, "people"):
            return
        items = [self.campaign.mine(one) for one in self.people]
        for slot in self.campaign.read()["slots"]:
            holders = [one for one in items if one["slot_id"] == slot["id"]]
            assert slot["booked"] == len(holders) <= slot["capacity"]
            assert all(one["state"] in HOLDS for one in holders)
        for one in items:
            assert (one["slot_id"] is not None) == (one["state"] in HOLDS)
        covered = self.welfare.ask(contract.examination_coverage, examination_id=self.campaign.id, unit_id=self.unit)
        assert covered["eligible"] == MEMBERS == covered["attended"] + covered["booked"] + covered["unbooked"]

    @staticmethod
    def _try(act: Any) -> None:
        try:
            act()
        except Problem:
            return


@pytest.mark.databases("sqlite")
def test_places_are_conserved_in_every_order(welfare: WelfareHarness) -> None:
    class OfThisHarness(Places):
        pass

    OfThisHarness.welfare = welfare
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        OfThisHarness,
        settings=settings(max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=checks),
    )
