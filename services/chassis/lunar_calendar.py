"""The lunar calendar (农历, GB/T 33661-2017) by `borax`: from a day to its lunar month and day, and back.

A leap month (闰月) counts as the ordinary month of its number, and a month without a 30th ends with its 29th.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from borax.calendars.lunardate import LCalendars, LunarDate

FIRST_DAY = date(1900, 1, 31)
"""The first day that is converted; earlier ones count as this one."""


def lunar_month_and_day(day: date) -> tuple[int, int]:
    """Return the lunar month and day of a day."""
    found = LunarDate.from_solar(max(day, FIRST_DAY))
    return found.month, found.day


@lru_cache(maxsize=1_000)
def days_in_year(month: int, day: int, year: int) -> tuple[date, ...]:
    """Return the days of a calendar year, at most 2100, with a lunar month and day: mostly one, else none or two."""
    last = {lunar_year: LCalendars.ndays(lunar_year, month) for lunar_year in (year - 1, year)}
    found = (LunarDate(lunar_year, month, min(day, last[lunar_year])).to_solar_date() for lunar_year in last)
    return tuple(one for one in found if one.year == year)
