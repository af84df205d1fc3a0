"""The field for days that people enter, with the default range."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields

from services.chassis.schema import day_field
from services.contracts.eras import EARLIEST_UNION


def Day(  # noqa: N802  makes a field, and reads as such
    earliest: date = EARLIEST_UNION, years_ahead: int = 1, **kwargs: Any
) -> fields.Date:
    """A day as ISO 8601, within a range.

    Args:
        earliest: the first day it can be.
        years_ahead: how many years after today it can be at the latest. One year is also the limit of days that must
            lie in the past, because the rule that refuses future days has a name and text of its own.
        kwargs: of the field.
    """
    return day_field(earliest, years_ahead, **kwargs)
