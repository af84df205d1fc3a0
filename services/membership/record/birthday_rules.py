"""By which calendar a birthday is celebrated, and when. Pure: the day, the year and the choices are arguments.

Custom decides three cases of the lunar calendar (农历): who was born in a leap month (闰月) celebrates in the ordinary
month of the same number; who was born on the 30th celebrates on the 29th where the month has no 30th; and every
calendar year has one birthday, the first day in it with the lunar date, or its last day in the few years without one.
"""

from __future__ import annotations

from datetime import date

from services.chassis.lunar_calendar import days_in_year, lunar_month_and_day

SOLAR, LUNAR = "solar", "lunar"


def first_year_of_choice(today: date) -> int:
    """Return the year from which a choice counts: the next one, in December the one after.

    The list of January is drawn up in December, so that year's birthdays are settled then. Within a year the calendar
    never changes, and nobody has two birthdays in it or none.
    """
    return today.year + (2 if today.month == 12 else 1)


def with_choice(choices: str | None, calendar: str, today: date) -> str:
    """Return the stored choices with a further one: `2026:lunar 2028:solar`, of past years only what still counts."""
    first = first_year_of_choice(today)
    kept = {year: chosen for year, chosen in _parsed(choices) if year < first}
    current = max((year for year in kept if year <= today.year), default=today.year)
    kept = {year: chosen for year, chosen in kept.items() if year >= current}
    return " ".join(f"{year}:{chosen}" for year, chosen in sorted({**kept, first: calendar}.items()))


def calendar_in(choices: str | None, year: int) -> str:
    """Return the calendar by which a birthday is celebrated in a year."""
    return max(((since, chosen) for since, chosen in _parsed(choices) if since <= year), default=(0, SOLAR))[1]


def lunar_birthday(birth: date, year: int) -> date:
    """Return the day in a calendar year on which a birthday is celebrated by the lunar calendar."""
    return next(iter(days_in_year(*lunar_month_and_day(birth), year)), date(year, 12, 31))


def day_in_month(birth: date, choices: str | None, year: int, month: int) -> int | None:
    """Return the day of a month on which a birthday is celebrated; None when it is in another month of the year.

    A solar birthday on 29 February stays the 29th here; where there is none, the list moves it.
    """
    if calendar_in(choices, year) == SOLAR:
        return birth.day if birth.month == month else None
    celebrated = lunar_birthday(birth, year)
    return celebrated.day if celebrated.month == month else None


def _parsed(choices: str | None) -> list[tuple[int, str]]:
    pairs = [one.split(":") for one in (choices or "").split()]
    return [(int(year), chosen) for year, chosen in pairs]
