"""Days of life events have a range, and several relatives may die on one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.chassis.errors import Refused
from services.contracts.welfare import rulebook
from tests.component.welfare.office import SYSTEM, Office

TODAY = date(2023, 3, 1)


@pytest.fixture
def office(any_office: Office) -> Office:
    any_office.ask(rulebook.load_welfare_rules, SYSTEM, ruleset="demo")
    return any_office


@pytest.mark.parametrize("day", [date(1950, 1, 1), TODAY - timedelta(days=366), TODAY + timedelta(days=1)])
def test_an_event_out_of_reach_is_refused(office: Office, day: date) -> None:
    with pytest.raises(Refused) as refused:
        office.report(office.joined(), happened_on=day)
    assert refused.value.rule == "visits.day_is_within_reach"
    assert refused.value.params == {"earliest": "2022-03-01", "latest": "2023-03-01"}


def test_the_first_day_in_reach_can_be_reported(office: Office) -> None:
    assert office.report(office.joined(), happened_on=TODAY - timedelta(days=365))["visit_id"]


def mourn(office: Office, member_id: object, relation: str = "parent", **said: object) -> str:
    return office.report(member_id, "bereavement", relation=relation, happened_on=TODAY, **said)["visit_id"]  # type: ignore[arg-type]


def test_both_parents_may_die_on_one_day(office: Office) -> None:
    mourner = office.joined()
    first = mourn(office, mourner)
    with pytest.raises(Refused) as refused:
        mourn(office, mourner)
    assert refused.value.rule == "visits.was_not_reported_before"
    second = mourn(office, mourner, another_relative=True)
    assert first != second
    with pytest.raises(Refused) as third:
        mourn(office, mourner, another_relative=True)
    assert third.value.rule == "visits.relatives_are_few"


def test_a_spouse_is_one_and_a_birth_is_no_relative(office: Office) -> None:
    mourner = office.joined()
    with pytest.raises(Refused) as refused:
        mourn(office, mourner, "spouse", another_relative=True)
    assert refused.value.rule == "visits.another_is_a_relative"
    with pytest.raises(Refused) as birth:
        office.report(mourner, "birth", another_relative=True)
    assert birth.value.rule == "visits.another_is_a_relative"
