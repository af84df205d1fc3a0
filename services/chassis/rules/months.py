"""Days some months apart."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or that month's last day."""
    month = day.year * 12 + day.month - 1 - months
    year, place = month // 12, month % 12 + 1
    return date(year, place, min(day.day, monthrange(year, place)[1]))
