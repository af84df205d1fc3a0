"""Limits of what requests hold, where a field states none: days, moments and whole numbers that columns can store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.chassis.day_fields import DayRange
from services.chassis.input_errors import InputError
from services.chassis.text_fields import in_ascii


def _out_of_range(what: str) -> InputError:
    return InputError("input.beyond_limits", f"The {what} is out of range.")


_FIRST, _LAST = datetime(1800, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
_LIMITS: dict[type[fields.Field[Any]], validate.Validator] = {
    fields.Date: validate.Range(_FIRST.date(), _LAST.date(), error=_out_of_range("day")),
    fields.AwareDateTime: validate.Range(_FIRST, _LAST, error=_out_of_range("moment")),
    fields.Integer: validate.Range(-(2**31), 2**31 - 1, error=_out_of_range("number")),
}
"""Limits of what requests hold; a range of a field's own takes their place."""


_WRITTEN_IN_ASCII = (fields.Number, fields.Date, fields.AwareDateTime, fields.UUID)


def bound(schema: marshmallow.Schema) -> None:
    """Refuse days, moments and whole numbers that no column or calendar arithmetic holds, wherever they stand.

    And digits of other scripts, which those who read the value later may not know.
    """
    for field in schema.fields.values():
        inner = _innermost(field)
        if isinstance(inner, fields.Nested):
            bound(inner.schema)
        if isinstance(inner, _WRITTEN_IN_ASCII):
            inner.pre_load = [in_ascii, *inner.pre_load]
        limits = next((limits for kind, limits in _LIMITS.items() if type(inner) is kind), None)
        if limits is not None and not _has_range(inner):
            # A new list: marshmallow's copies of a field share the old one with the class.
            inner.validators = [*inner.validators, limits]


def _innermost(field: fields.Field[Any]) -> fields.Field[Any]:
    """Return what stands in a list, or in lists of lists; the field itself when it is no list."""
    return _innermost(field.inner) if isinstance(field, fields.List) else field


def _has_range(field: fields.Field[Any]) -> bool:
    """Whether a field states both ends of its range by itself, such as one wider than most columns hold."""
    if any(isinstance(check, DayRange) for check in field.validators):
        return True
    ranges = [check for check in field.validators if isinstance(check, validate.Range)]
    return any(check.min is not None and check.max is not None for check in ranges)
