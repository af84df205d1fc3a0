"""Lunar birthdays: leap months, the 30th, years with two or none; days worked by hand from a printed calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.record import birthday_rules as rules

BIRTHS = st.dates(date(1900, 1, 1), date(2020, 12, 31))
YEARS = st.integers(2020, 2060)


@pytest.mark.parametrize(
    ("birth", "year", "celebrated"),
    [
        (date(1980, 2, 16), 2026, date(2026, 2, 17)),  # 正月初一
        (date(1985, 9, 29), 2025, date(2025, 10, 6)),  # 八月十五
        (date(2020, 5, 23), 2026, date(2026, 5, 17)),  # 闰四月初一: 四月初一 of 2026
        (date(2020, 5, 23), 2020, date(2020, 4, 23)),  # the ordinary month also in the year of the leap month
        (date(1984, 2, 1), 2025, date(2025, 1, 28)),  # 大年三十 of 1983, a 30th: the 29th where there is no 30th
    ],
)
def test_a_lunar_birthday_falls_on_its_day(birth: date, year: int, celebrated: date) -> None:
    assert rules.lunar_birthday(birth, year) == celebrated


def test_a_year_in_which_the_lunar_date_falls_twice_has_the_first_and_one_without_it_its_last_day() -> None:
    born = date(1990, 1, 10)  # 腊月十四
    days = [rules.lunar_birthday(born, year) for year in range(2000, 2060)]
    assert [day.year for day in days] == list(range(2000, 2060))
    assert date(2000, 1, 20) in days
    twelfth = date(1985, 1, 1)  # 冬月十一
    found = [rules.lunar_birthday(twelfth, year) for year in range(2000, 2060)]
    assert any((day.month, day.day) == (12, 31) for day in found)
    assert all(day.month in (1, 12) for day in found)


@given(BIRTHS, YEARS)
def test_every_birth_is_celebrated_on_one_day_of_every_year_by_either_calendar(birth: date, year: int) -> None:
    celebrated = rules.lunar_birthday(birth, year)
    assert celebrated.year == year
    for choices in (None, "1999:lunar"):
        months = [month for month in range(1, 13) if rules.day_in_month(birth, choices, year, month)]
        assert months == [celebrated.month if choices else birth.month]


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2031, 12, 31)), st.sampled_from(["solar", "lunar"]))))
def test_however_often_one_chooses_years_that_are_settled_do_not_change(made: list[tuple[date, str]]) -> None:
    choices, settled = None, dict[int, str]()
    for today, calendar in sorted(made):
        first = rules.first_year_of_choice(today)
        before = {year: rules.calendar_in(choices, year) for year in range(today.year, first)}
        choices = rules.with_choice(choices, calendar, today)
        assert {year: rules.calendar_in(choices, year) for year in before} == before
        assert rules.calendar_in(choices, first) == calendar
        assert len(choices) <= 60
        assert all(settled.setdefault(year, chosen) == chosen for year, chosen in before.items())


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_a_choice_counts_from_a_year_no_list_was_drawn_up_for(today: date) -> None:
    first = rules.first_year_of_choice(today)
    latest_list = today.year + 1 if today.month == 12 else today.year
    assert first == latest_list + 1
