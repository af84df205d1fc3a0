"""Days off and make-up working days in mainland China, as the General Office of the State Council arranges them.

A notice of its own arranges each year (国务院办公厅关于…部分节假日安排的通知), published in the autumn before. The
package `chinesecalendar` has the years from 2004; `holidays.json` beside this module has later ones, each with its
notice, until the package has them. A year without a notice is unknown: it is never inferred from weekdays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays as _days_off
from chinese_calendar.constants import workdays as _make_up_days

_FILE = Path(__file__).with_name("holidays.json")
_SATURDAY = 5
_CHINESE = {holiday.value: holiday.chinese for holiday in Holiday}


class YearUnknown(LookupError):
    """The days off of a year are not known, because no notice that arranges it was entered."""


@dataclass(frozen=True)
class ArrangedDay:
    """A day that a notice names.

    Args:
        works: whether it is a make-up working day; else it is a day off.
        holiday: what it belongs to, in Chinese: 春节.
    """

    works: bool
    holiday: str


def is_known(year: int) -> bool:
    """Whether the days off of a year are known."""
    return year in _years()


def arranged(day: date) -> ArrangedDay | None:
    """Return what a notice says of a day; None for an ordinary one.

    Raises:
        YearUnknown: no notice for its year was entered.
    """
    days = _years().get(day.year)
    if days is None:
        raise YearUnknown(f"no notice arranges {day.year}")
    return days.get(day)


def is_working_day(day: date) -> bool:
    """Whether offices work on a day.

    Raises:
        YearUnknown: no notice for its year was entered.
    """
    named = arranged(day)
    return day.weekday() < _SATURDAY if named is None else named.works


def read_years(entries: Iterable[Mapping[str, Any]]) -> dict[int, dict[date, ArrangedDay]]:
    """Return the days of each year of a file like `holidays.json`.

    Args:
        entries: `year`, `document`, `number` and `source` of the notice; `off` and `work`: day (ISO 8601) → holiday.

    Raises:
        ValueError: a year without its notice, a day of another year, or one that is both.
    """
    years: dict[int, dict[date, ArrangedDay]] = {}
    for entry in entries:
        year = int(entry["year"])
        if not all(entry.get(name) for name in ("document", "number", "source")):
            raise ValueError(f"{year} names no notice")
        if entry["off"].keys() & entry["work"].keys():
            raise ValueError(f"a day of {year} is off and worked")
        days = {
            date.fromisoformat(day): ArrangedDay(works, name)
            for works, named in ((False, entry["off"]), (True, entry["work"]))
            for day, name in named.items()
        }
        if strays := [day for day in days if day.year != year]:
            raise ValueError(f"{strays[0]} is no day of {year}")
        years[year] = days
    return years


@cache
def _years() -> Mapping[int, Mapping[date, ArrangedDay]]:
    """Return every known year; the package's own wins, because it is checked against the notices by many."""
    years = read_years(json.loads(_FILE.read_text(encoding="utf-8"))["years"])
    packaged: dict[int, dict[date, ArrangedDay]] = {}
    for works, named in ((False, _days_off), (True, _make_up_days)):
        for day, name in named.items():
            packaged.setdefault(day.year, {})[day] = ArrangedDay(works, _CHINESE[name])
    return {**years, **packaged}
