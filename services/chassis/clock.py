"""The present time and day, in one place, where a test can stop the clock.

Instants are aware and in UTC; days are days in China, because every rule of the union counts Chinese days.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

# The last one counts. A list, since blocks in several green threads need not end in the order they began.
_stops: list[datetime] = []


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return _stops[-1] if _stops else datetime.now(UTC)


def today() -> date:
    """Return the present day in China."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the Chinese day an aware instant falls on.

    Raises:
        ValueError: `instant` has no time zone, so its day can't be known.
    """
    return _aware(instant).astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Return the instant a Chinese day begins."""
    return datetime.combine(day, time(), SHANGHAI)


def months_until(day: date, count: int) -> list[date]:
    """Return the first days of the month of `day` and of the months before it, `count` in all, the oldest first."""
    last = day.year * 12 + day.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - count + 1, last + 1)]


@contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware instant while the block runs, in every thread; for tests.

    Raises:
        ValueError: when `instant` carries no time zone.
    """
    stop = _aware(instant).astimezone(UTC)
    _stops.append(stop)
    try:
        yield stop
    finally:
        _stops.remove(stop)


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant must carry its time zone")
    return instant
