"""Rules of statements. Pure: the days are arguments."""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal


def day_has_come(as_of: date, today: date) -> Refusal | None:
    """A statement tells what was known on a day, so not of a day to come."""
    if as_of <= today:
        return None
    return Refusal("statement.day_has_come", "Nothing is known yet of a day to come.", field="as_of")


def years_are_few(year_from: int, year: int, most: int) -> Refusal | None:
    """A statement begins at most some years before its day, and not after it."""
    if 0 <= year - year_from <= most:
        return None
    return Refusal(
        "statement.years_are_few", f"A statement covers at most {most} years.", field="year_from",
        params={"most": most},
    )  # fmt: skip
