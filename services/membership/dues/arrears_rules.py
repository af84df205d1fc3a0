"""Rules of arrears (欠缴): a charged month awaits the payroll first (待代扣), and is owed from a day on.

Months are told by their first day.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from datetime import date, timedelta

DAY_KEY = "dues.arrears_day"
"""Key of the dated rule: the day of the following month from which unpaid dues are arrears."""
DEFAULT_DAY = 15
"""That day while the union has set none. Payrolls of universities run within the month; no document names a day."""


def arrears_begin(month: date, day: int) -> date:
    """Return the day from which unpaid dues of a month are arrears.

    Args:
        month: the charged month.
        day: of the following month; its last day where it has fewer, its first for 0.
    """
    following = (month + timedelta(days=31)).replace(day=1)
    last = calendar.monthrange(following.year, following.month)[1]
    return following.replace(day=min(max(day, 1), last))


def months_in_question(today: date) -> tuple[date, date]:
    """Return the months that may still await their payroll: the day lies in the following month at the latest."""
    this = today.replace(day=1)
    return this, (this - timedelta(days=1)).replace(day=1)


def months_awaiting(days: Mapping[date, int], posted: Collection[date], today: date) -> dict[date, date]:
    """Return the months whose unpaid dues await the payroll, with the day from which they would be arrears.

    Args:
        days: by month, the day of the following month.
        posted: months of which a payroll was posted; who is not in it is in arrears at once.
        today: the day in China.
    """
    begins = {month: arrears_begin(month, day) for month, day in days.items() if month not in posted}
    return {month: day for month, day in begins.items() if today < day}
