"""When a class of data falls due, and that both ways of asking agree."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.membership.privacy import rules

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_a_class_is_due_so_many_months_after_leaving() -> None:
    assert rules.kept_until(date(2023, 1, 15), 6) == date(2023, 7, 15)
    assert rules.kept_until(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert rules.kept_until(date(2023, 5, 31), 0) == date(2023, 5, 31)


@given(left_on=DAYS, today=DAYS, months=st.integers(0, 240))
def test_asked_for_a_member_and_for_a_day_it_is_the_same(left_on: date, today: date, months: int) -> None:
    assert (rules.kept_until(left_on, months) <= today) == (left_on <= rules.latest_departure(today, months))


@given(left_on=DAYS, months=st.integers(0, 240))
def test_a_longer_time_never_ends_sooner(left_on: date, months: int) -> None:
    assert rules.kept_until(left_on, months) <= rules.kept_until(left_on, months + 1)


def test_a_refusal_says_why() -> None:
    assert rules.refusal_says_why("refuse", None) is not None
    assert rules.refusal_says_why("refuse", "the contract says otherwise") is None
    assert rules.refusal_says_why("accept", None) is None
