"""Plausible ranges of days of birth, hiring and joining, for imports and commands; ages.

A day outside its range is a typing error or a misread cell. Each function returns a `Refusal` with the field and the
range, without the day.
"""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal
from services.contracts.eras import EARLIEST_BIRTH, EARLIEST_UNION

LOWEST_WORKING_AGE = 16
"""劳动法 (2018) Art. 15, law; also the age from which somebody may join (工会法 Art. 3)."""


def day_is_plausible(field: str, day: date, earliest: date, latest: date) -> Refusal | None:
    """A day lies in the range its rule gives it.

    Args:
        field: whose day it is, for the refusal.
        day: what was stated.
        earliest: the first day that can be.
        latest: the last one, mostly today.
    """
    if earliest <= day <= latest:
        return None
    detail = f"Must lie between {earliest} and {latest}."
    params = {"earliest": earliest.isoformat(), "latest": latest.isoformat()}
    return Refusal("person.day_is_plausible", detail, field, params)


def birth_date_is_plausible(birth_date: date, today: date, field: str = "birth_date") -> Refusal | None:
    """Members and family members were born from 1900 to today."""
    return day_is_plausible(field, birth_date, EARLIEST_BIRTH, today)


def birthday_of_age(birth_date: date, age: int) -> date:
    """Return the day on which somebody reaches an age; who was born on 29 February reaches it on 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def age_on(birth_date: date, day: date) -> int:
    """Return the full years somebody has lived on a day; who was born on 29 February ages on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def joined_on_is_plausible(joined_on: date, birth_date: date | None, today: date) -> Refusal | None:
    """Membership began when there were unions, after the 16th birthday, and not ahead of today."""
    earliest = EARLIEST_UNION
    if birth_date is not None:
        earliest = max(earliest, birthday_of_age(birth_date, LOWEST_WORKING_AGE))
    return day_is_plausible("joined_on", joined_on, earliest, max(earliest, today))
