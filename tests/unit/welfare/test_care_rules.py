"""What a gift of standing care is given for, and when it is another one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.care import rules

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("shares", "sources"),
    [(["child"], 3), (["member"], 2), (["member", "child"], 5)],
)
def test_what_both_parents_state_is_counted_as_the_rule_says(shares: list[str], sources: int) -> None:
    stated = [("mother", "one"), ("mother", "two"), ("father", "one"), ("father", "two"), ("father", "three")]
    assert len({rules.source_of_child(2026, shares, member, child) for member, child in stated}) == sources


def test_another_year_is_another_gift() -> None:
    assert rules.source_of_child(2026, ["child"], "m", "c") != rules.source_of_child(2027, ["child"], "m", "c")


def test_a_child_has_the_age_until_the_birthday_that_ends_it() -> None:
    assert [rules.child_has_age(age, 14) for age in (-1, 0, 13, 14)] == [False, True, True, False]


def test_only_this_year_is_drawn_up() -> None:
    assert rules.year_can_be_drawn_up(2026, DAY) is None
    for year in (2025, 2027):
        refusal = rules.year_can_be_drawn_up(year, DAY)
        assert refusal is not None
        assert refusal.rule == "care.year_can_be_drawn_up"


@given(st.integers(-400, 400), st.integers(0, 400))
def test_an_event_within_the_days_apart_is_the_same_one(days: int, apart: int) -> None:
    another = rules.is_another_event(DAY + timedelta(days=days), [DAY], apart)
    assert another == (abs(days) >= max(apart, 1))
    assert rules.is_another_event(DAY, [], apart)


def test_a_kind_is_given_one_way_only() -> None:
    assert rules.gift_is_not_given_twice("wedding", ["wedding"]) is not None
    assert rules.gift_is_not_given_twice("birth", ["wedding"]) is None
    assert rules.kind_is_offered("birth", ["wedding"]) is not None
    assert rules.kind_is_offered("wedding", ["wedding"]) is None


def test_a_gift_is_withdrawn_before_it_was_given() -> None:
    assert rules.gift_can_be_withdrawn("due") is None
    assert all(rules.gift_can_be_withdrawn(state) is not None for state in ("given", "withdrawn"))
    assert rules.somebody_is_due(1) is None
    assert rules.somebody_is_due(0) is not None
