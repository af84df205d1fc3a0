"""Contract fields for days that people enter: each has a range of how far back and how far ahead the day can be.

Belongs here: ranges that depend on today's date only and refuse typing errors such as 1014 for 2014. What depends on
records, such as that dues are not paid before joining, is a rule of the service.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields, validate

from services.chassis import clock
from services.chassis.input_codes import invalid


class DayRange(validate.Validator):
    """Validates that a day is between a fixed first day and today's date some years ahead."""

    def __init__(self, earliest: date, years_ahead: int) -> None:
        self.earliest = earliest
        self.years_ahead = years_ahead

    @property
    def latest(self) -> date:
        """The last day, counted from today."""
        today = clock.today()
        # 28 February, where the year ahead has no 29th.
        day = 28 if (today.month, today.day) == (2, 29) else today.day
        return today.replace(year=today.year + self.years_ahead, day=day)

    def __call__(self, value: date) -> date:
        """Raise `ValidationError` with the range unless the day lies in it."""
        if not self.earliest <= value <= self.latest:
            first, last = str(self.earliest), str(self.latest)
            raise invalid("input.out_of_range", f"Must lie between {first} and {last}.", min=first, max=last)
        return value


def day_field(earliest: date, years_ahead: int, **kwargs: Any) -> fields.Date:
    """Return a field of a day in ISO 8601 that refuses days outside its range and documents the range.

    Args:
        earliest: the first day it can be.
        years_ahead: how many years after today it can be at the latest.
        kwargs: of the field.
    """
    ahead = "a year" if years_ahead == 1 else f"{years_ahead} years"
    metadata = {"description": f"A day from {earliest} to {ahead} from now.", **kwargs.pop("metadata", {})}
    return fields.Date(validate=DayRange(earliest, years_ahead), metadata=metadata, **kwargs)
