"""Counting in working days, also in a year whose days off are not known yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from services.chassis.holidays import YearUnknown, is_working_day

_SATURDAY = 5


def works(day: date) -> bool:
    """Whether offices work on a day; Monday to Friday in a year whose days off are not known."""
    try:
        return is_working_day(day)
    except YearUnknown:
        return day.weekday() < _SATURDAY


def working_day_after(day: date, days: int, works: Callable[[date], bool] = works) -> date:
    """Return the last of so many working days after a day; the day itself does not count.

    Args:
        day: from which on.
        days: how many working days.
        works: whether offices work on a day.
    """
    last = day
    while days > 0:
        last += timedelta(days=1)
        days -= works(last)
    return last
