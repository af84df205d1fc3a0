"""What a Chinese calendar says of a day: the lunar day, the solar term, days off and make-up working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borax.calendars.lunardate import LunarDate

from services.chassis import holidays


@dataclass(frozen=True)
class ChineseDay:
    """A day in a Chinese calendar.

    Args:
        lunar: the lunar day (初八), the month on its first (十月), or a solar term that falls on it (冬至); in Chinese.
        holiday: what a day off or a make-up working day belongs to, in Chinese; empty for an ordinary day, and for each
            day of a year whose days off are not known.
        works: whether it is a make-up working day.
    """

    lunar: str
    holiday: str = ""
    works: bool = False


def chinese_day(day: date) -> ChineseDay:
    """Return what a Chinese calendar says of a day between 1900 and 2100."""
    named = holidays.arranged(day) if holidays.is_known(day.year) else None
    return ChineseDay(_lunar(day)) if named is None else ChineseDay(_lunar(day), named.holiday, named.works)


def _lunar(day: date) -> str:
    found = LunarDate.from_solar(day)
    return str(found.term or found.cn_day_calendar)
