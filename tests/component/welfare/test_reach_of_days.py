"""Days of life events have a range, and several relatives may die on one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.chassis.errors import Refused
from tests.component.welfare.harness import WelfareHarness

TODAY = date(2023, 3, 1)


@pytest.mark.parametrize("day", [date(1950, 1, 1), TODAY - timedelta(days=366), TODAY + timedelta(days=1)])
def test_an_event_out_of_reach_is_refused(welfare: WelfareHarness, day: date) -> None:
    with pytest.raises(Refused) as refused:
        welfare.report(welfare.joined(), happened_on=day)
    assert refused.value.rule == "visits.day_is_within_reach"
    assert refused.value.params == {"earliest": "2022-03-01", "latest": "2023-03-01"}


def test_the_first_day_in_reach_can_be_reported(welfare: WelfareHarness) -> None:
    assert welfare.report(welfare.joined(), happened_on=TODAY - timedelta(days=365))["visit_id"]


def mourn(welfare: WelfareHarness, member_id: object, relation: str = "parent", **said: object) -> str:
    return welfare.report(member_id, "bereavement", relation=relation, happened_on=TODAY, **said)["visit_id"]  # type: ignore[arg-type]


def test_both_parents_may_die_on_one_day(welfare: WelfareHarness) -> None:
    mourner = welfare.joined()
    first = mourn(welfare, mourner)
    with pytest.raises(Refused) as refused:
        mourn(welfare, mourner)
    assert refused.value.rule == "visits.was_not_reported_before"
    second = mourn(welfare, mourner, another_relative=True)
    assert first != second
    with pytest.raises(Refused) as third:
        mourn(welfare, mourner, another_relative=True)
    assert third.value.rule == "visits.relatives_are_few"


def test_a_spouse_is_one_and_a_birth_is_no_relative(welfare: WelfareHarness) -> None:
    mourner = welfare.joined()
    with pytest.raises(Refused) as refused:
        mourn(welfare, mourner, "spouse", another_relative=True)
    assert refused.value.rule == "visits.another_is_a_relative"
    with pytest.raises(Refused) as birth:
        welfare.report(mourner, "birth", another_relative=True)
    assert birth.value.rule == "visits.another_is_a_relative"
