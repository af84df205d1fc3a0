"""Recuperation before the draw: what trips must keep, who may apply, and that each decision is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, Refused
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import decisions
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.recuperation.rounds import Round, on, refused
from tests.support.principals import auditor, chair_of


def test_a_period_has_as_many_years_as_the_rule_says(welfare: WelfareHarness) -> None:
    assert refused(Round, welfare, period_to=2027) == "recuperation.period_is_as_long"
    assert refused(Round, welfare, apply_until="2026-04-30") == "recuperation.applications_end_later"


def test_without_rules_nothing_is_opened_and_the_missing_one_is_named(
    welfare_without_rules: WelfareHarness,
) -> None:
    with pytest.raises(NoRuleInForce) as told:
        Round(welfare_without_rules)
    assert told.value.rule == "recuperation.period_years"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"days": 6}, "recuperation.days_are_within_cap"),
        ({"price": "3000.01"}, "recuperation.price_is_within_cap"),
        ({"insured": "799999.99"}, "recuperation.insurance_is_enough"),
        ({"destination": "paired_aid", "days": 8}, "recuperation.days_are_within_cap"),
        ({"destination": "outside"}, "recuperation.outside_is_a_small_share"),
    ],
)
def test_a_trip_that_breaks_a_figure_is_not_published(round_: Round, changes: dict[str, Any], rule: str) -> None:
    trip_id = round_.draft(round_.route(**changes))

    assert refused(round_.welfare.ask, contract.publish_trip, trip_id=trip_id) == rule


def test_outside_the_province_goes_a_third_of_the_places(round_: Round) -> None:
    round_.trip(places=40)
    outside = round_.route(destination="outside")
    round_.trip(outside, places=20)

    assert refused(round_.trip, outside, places=20) == "recuperation.outside_is_a_small_share"


def test_a_longer_trip_to_a_paired_region_is_published_with_the_minimum_of_the_rule(round_: Round) -> None:
    trip_id = round_.trip(round_.route(destination="paired_aid", days=7, price="3500.00"))

    trip = round_.look(trip_id)
    assert (trip["state"], trip["minimum"], trip["ends_on"]) == ("published", 20, "2026-07-16")
    assert [event["trip_id"] for event in round_.welfare.events("trip_published")] == [trip_id]


def test_places_and_days_fit_the_round(round_: Round) -> None:
    assert refused(round_.trip, places=19) == "recuperation.places_reach_minimum"
    assert refused(round_.draft, starts_on="2026-05-20") == "recuperation.trip_begins_later"
    route = round_.route()
    round_.welfare.ask(contract.end_recuperation_route, route_id=route)
    assert refused(round_.draft, route) == "recuperation.route_is_offered"


def test_members_do_not_see_drafts(round_: Round) -> None:
    draft, trip = round_.draft(), round_.trip()
    member = round_.member()

    assert [one["id"] for one in round_.welfare.ask(contract.list_trips, member)["items"]] == [trip]
    with pytest.raises(NotAllowed):
        round_.welfare.ask(contract.get_trip, member, trip_id=draft)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_application_keeps_choices_family_and_what_is_paid(round_: Round) -> None:
    first, second = round_.trip(), round_.trip(starts_on="2026-07-20")
    member = round_.member(honoured=True)

    made = round_.apply(member, second, first, family=["张三"])

    assert (made["choices"], made["persons"], made["family"]) == ([second, first], 2, ["张三"])
    assert (made["amount"], made["lots"], made["grounds"], made["state"]) == ("3000.00", 2, ["honours"], "applied")
    (mine,) = round_.welfare.ask(contract.my_trip_applications, member)["items"]
    assert mine == made
    (seen,) = round_.applications()
    assert "family" not in seen
    assert "grounds" not in seen


def test_who_applies_twice_changes_the_choices(round_: Round) -> None:
    first, second = round_.trip(), round_.trip()
    member = round_.member()
    made = round_.apply(member, first)
    again = round_.apply(member, second)

    assert again["id"] == made["id"]
    assert [one["choices"] for one in round_.applications()] == [[second]]


def test_who_withdrew_can_apply_again_while_the_round_is_open(round_: Round) -> None:
    trip = round_.trip()
    member = round_.member()
    made = round_.apply(member, trip)
    round_.welfare.ask(contract.withdraw_trip_application, member, application_id=made["id"])
    assert round_.states() == {made["id"]: "withdrawn"}
    round_.apply(member, trip)

    assert round_.states() == {made["id"]: "applied"}


def test_choices_are_published_trips_of_one_round(round_: Round) -> None:
    trip, draft = round_.trip(), round_.draft()
    member = round_.member()

    assert refused(round_.apply, member, trip, trip) == "recuperation.choices_are_of_the_round"
    assert refused(round_.apply, member, draft) == "recuperation.choices_are_of_the_round"
    assert refused(round_.apply, member, *(round_.trip() for _ in range(4))) == "recuperation.choices_are_few"
    with on(date(2026, 5, 21)):
        assert refused(round_.apply, member, trip) == "recuperation.applications_are_taken"


def test_who_joined_this_year_in_time_gets_half_and_later_nothing(round_: Round) -> None:
    trip = round_.trip()
    early, late = round_.member("2026-08-31"), round_.member("2026-09-01")

    assert round_.apply(early, trip)["amount"] == "1500.00"
    assert refused(round_.apply, late, trip) == "recuperation.joined_in_time"
    told = round_.welfare.ask(contract.my_trip_eligibility, late, round_id=round_.id)
    assert (told["eligible"], told["rule"]) == (False, "recuperation.joined_in_time")
    told = round_.welfare.ask(contract.my_trip_eligibility, early, round_id=round_.id)
    assert (told["eligible"], told["amount"], told["lots"]) == (True, "1500.00", 1)


def test_a_refusal_is_a_stored_decision_with_rule_and_document(round_: Round) -> None:
    trip = round_.trip()
    member = round_.member("2026-09-01")
    with pytest.raises(Refused):
        round_.apply(member, trip)

    ((decision_id, outcome, reason),) = round_.welfare.stored("SELECT id, outcome, reason FROM decision")
    assert (outcome, reason) == ("refused", "recuperation.joined_in_time")
    told = round_.welfare.ask(decisions.get_decision, auditor(), decision_id=str(decision_id))
    assert {ground["key"] for ground in told["grounds"]} >= {"recuperation.period_cap", "recuperation.newcomer_until"}


def test_a_large_family_is_refused_and_a_retired_member_has_no_turn(round_: Round) -> None:
    trip = round_.trip()

    assert refused(round_.apply, round_.member(), trip, family=["甲", "乙", "丙"]) == "recuperation.family_is_small"
    with pytest.raises(InvalidInput):
        round_.apply(round_.member(), trip, family=list("甲乙丙丁戊己"))


def test_one_turn_a_period_and_three_years_between_trips_outside(round_: Round) -> None:
    welfare, member = round_.welfare, round_.member()
    round_.apply(member, round_.trip())
    other = Round(welfare, title="2026 年寒假疗休养")
    other.joined_on = round_.joined_on

    assert refused(other.apply, member, other.trip()) == "recuperation.turn_is_unused"


def test_officers_confirm_grounds_until_the_entries_are_closed(round_: Round) -> None:
    trip = round_.trip()
    made = round_.apply(round_.member(honoured=True), trip)
    confirm = {"application_id": made["id"], "grounds": ["injured", "front_line"]}
    assert round_.welfare.ask(contract.confirm_priority_grounds, **confirm)["lots"] == 5
    round_.commit()

    assert refused(round_.welfare.ask, contract.confirm_priority_grounds, **confirm) == "recuperation.round_is_open"


def test_a_chair_sees_the_own_unit(round_: Round) -> None:
    trip = round_.trip()
    own = round_.apply(round_.member(), trip)
    round_.apply(round_.member(unit_id=round_.welfare.other_unit), trip)
    by = chair_of(round_.welfare.unit)

    seen = round_.welfare.ask(contract.list_trip_applications, by, round_id=round_.id)["items"]
    assert [one["id"] for one in seen] == [own["id"]]
    with pytest.raises(NotAllowed):
        round_.welfare.ask(contract.list_trip_applications, by, unit_id=round_.welfare.other_unit)


def test_who_leaves_the_union_leaves_the_trip(round_: Round) -> None:
    trip = round_.trip()
    member = round_.member()
    made = round_.apply(member, trip)
    left = round_.welfare.example_message(MemberLeft, member_id=member.member_id, standing="withdrawn")
    round_.welfare.receive("on_member_left", left)

    assert round_.states() == {made["id"]: "withdrawn"}
