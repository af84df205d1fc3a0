"""The record: who changes which field, who moves when."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.membership.record import rules

UNIT, OTHER = uuid4(), uuid4()
TODAY = date(2023, 3, 1)


def test_a_field_outside_the_own_reach_is_refused_by_name() -> None:
    assert rules.fields_are_open({"phone", "email"}, {"phone", "email", "address"}) is None
    refusal = rules.fields_are_open({"phone", "name"}, {"phone"})
    assert refusal is not None
    assert refusal.field == "name"


def test_a_number_of_hr_belongs_to_one_member() -> None:
    assert rules.hr_id_is_free(taken=False) is None
    assert rules.hr_id_is_free(taken=True) is not None


def test_who_changes_another_record_says_why() -> None:
    assert rules.reason_is_given(None, {"self"}) is None
    assert rules.reason_is_given(None, {"officer"}) is not None
    assert rules.reason_is_given("HR 2023-17", {"officer"}) is None


@pytest.mark.parametrize("standing", ["withdrawn", "deemed_withdrawn", "expelled", "deceased"])
def test_an_ended_membership_is_not_edited(standing: str) -> None:
    assert rules.membership_stands(standing) is not None


def test_only_an_active_member_moves_to_another_unit() -> None:
    assert rules.member_may_move("active") is None
    assert rules.member_may_move("transferring") is not None
    assert rules.unit_is_another(UNIT, UNIT) is not None
    assert rules.unit_is_another(UNIT, OTHER) is None


def test_a_move_is_dated_between_joining_and_today() -> None:
    assert rules.move_day_is_possible(TODAY, date(2020, 1, 1), TODAY) is None
    assert rules.move_day_is_possible(date(2019, 12, 31), date(2020, 1, 1), TODAY) is not None
    assert rules.move_day_is_possible(date(2023, 3, 2), date(2020, 1, 1), TODAY) is not None


def test_a_chair_gives_the_post_back_before_leaving() -> None:
    assert rules.holds_no_post_there(0) is None
    assert rules.holds_no_post_there(1) is not None


def test_a_number_has_six_digits_and_grows_past_them() -> None:
    assert rules.member_number(42) == "M000042"
    assert rules.member_number(1_000_000) == "M1000000"


def test_one_person_has_one_membership() -> None:
    assert rules.person_is_no_member(stands=False) is None
    assert rules.person_is_no_member(stands=True) is not None


@pytest.mark.parametrize(
    ("joined_on", "possible"),
    [(TODAY, True), (date(2010, 9, 1), True), (date(2023, 3, 2), False)],
)
def test_membership_begins_today_at_the_latest(joined_on: date, possible: bool) -> None:
    assert (rules.joined_on_is_possible(joined_on, TODAY) is None) is possible
