"""Values no column holds and no calendar reckons with are refused by every operation, in every field it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields
from marshmallow.validate import Range

from services.chassis.schema import Operation
from tests.contract.promises import operations

BEYOND: dict[type[fields.Field], tuple[Any, ...]] = {
    fields.Date: ("0001-01-01", "9999-12-31"),
    fields.AwareDateTime: ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    fields.Integer: (2**31, -(2**63), 10**30),
}


def guarded(schema: Schema) -> Iterator[tuple[list[str], Any]]:
    """Yield the path of each limited field of a request with a value beyond its limits, nested as it is sent."""
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        found = guarded(inner.schema) if isinstance(inner, fields.Nested) else _beyond(inner)
        for path, value in found:
            yield [name, *path], [value] if isinstance(field, fields.List) else value


def _beyond(field: fields.Field) -> Iterator[tuple[list[str], Any]]:
    # A whole number's own range may be wider than the common one, up to what its column holds.
    ranges = [check.max for check in field.validators if isinstance(check, Range) and type(field) is fields.Integer]
    widest = max((most for most in ranges if most is not None), default=0)
    for value in BEYOND.get(type(field), ()):
        if not (isinstance(value, int) and 0 < value <= widest):
            yield [], value


def _nested(path: list[str], value: Any) -> dict[str, Any]:
    """Put the value where its path says; lists on the way were made when the value was."""
    inner: Any = value
    if len(path) > 1:
        inner = [_nested(path[1:], value[0])] if isinstance(value, list) else _nested(path[1:], value)
    return {path[0]: inner}


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_what_is_beyond_all_limits_is_refused_naming_the_field(operation: Operation) -> None:
    schema = operation.request_schema
    for path, value in guarded(schema):
        errors: Any = schema.validate(_nested(path, value))
        for step in path:
            assert step in errors, (path, value, errors)
            errors = errors[step]
            if isinstance(errors, dict) and 0 in errors:
                errors = errors[0]
        assert errors, (path, value)
