"""Birthday care: which day is celebrated, which list can be drawn up, who can collect."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.birthdays import rules

TODAY = date(2023, 3, 15)


@pytest.mark.parametrize(
    ("year", "month", "day", "celebrated"),
    [
        (2023, 2, 29, date(2023, 2, 28)),
        (2024, 2, 29, date(2024, 2, 29)),
        (2100, 2, 29, date(2100, 2, 28)),
        (2023, 1, 31, date(2023, 1, 31)),
        (2023, 12, 31, date(2023, 12, 31)),
        (2023, 4, 30, date(2023, 4, 30)),
    ],
)
def test_a_birthday_is_celebrated_in_its_own_month(year, month, day, celebrated):
    assert rules.celebrated_on(year, month, day) == celebrated


@given(st.integers(2000, 2100), st.dates(min_value=date(1940, 1, 1), max_value=date(2005, 12, 31)))
def test_every_birthday_is_celebrated_once_a_year_in_its_month(year, born):
    celebrated = rules.celebrated_on(year, born.month, born.day)
    assert (celebrated.year, celebrated.month) == (year, born.month)
    assert celebrated.day == born.day or (born.month, born.day, calendar.isleap(year)) == (2, 29, False)


@pytest.mark.parametrize(
    ("year", "month", "today", "allowed"),
    [
        (2023, 1, TODAY, True),
        (2023, 12, TODAY, True),
        (2022, 12, TODAY, False),
        (2024, 1, TODAY, False),
        (2024, 1, date(2023, 12, 1), True),
        (2024, 2, date(2023, 12, 31), False),
    ],
)
def test_a_list_is_drawn_up_for_this_year_or_next_january_in_december(year, month, today, allowed):
    assert (rules.month_can_be_drawn_up(year, month, today) is None) is allowed


def test_vouchers_are_issued_to_somebody_with_a_day_ahead_to_collect():
    assert rules.somebody_is_listed(1) is None
    assert rules.somebody_is_listed(0).rule == "birthdays.somebody_is_listed"
    assert rules.collection_day_is_ahead(None, TODAY) is None
    assert rules.collection_day_is_ahead(TODAY, TODAY) is None
    assert rules.collection_day_is_ahead(TODAY - timedelta(days=1), TODAY).field == "collect_by"


def test_a_voucher_is_collected_once_and_in_time():
    assert rules.voucher_can_be_collected("issued", None, TODAY) is None
    assert rules.voucher_can_be_collected("issued", TODAY, TODAY) is None
    assert rules.voucher_can_be_collected("collected", None, TODAY).rule == "birthdays.voucher_can_be_collected"
    late = rules.voucher_can_be_collected("issued", TODAY - timedelta(days=1), TODAY)
    assert late.params == {"collect_by": "2023-03-14"}


@pytest.mark.parametrize(("state", "being_issued"), [("issued", True), ("collected", True), ("listed", True)])
def test_nobody_is_taken_off_the_list_once_his_voucher_is_on_its_way(state, being_issued):
    assert rules.grant_can_be_withdrawn(state, being_issued).rule == "birthdays.grant_can_be_withdrawn"
    assert rules.grant_can_be_withdrawn("listed", being_issued=False) is None


@given(st.integers(1, 100_000), st.data())
def test_percent_says_done_only_when_all_is_done(total, data):
    done = data.draw(st.integers(0, total))
    percent = rules.percent_done(done, total)
    assert 0 <= percent <= 100
    assert (percent == 100) is (done == total)
