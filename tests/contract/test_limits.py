"""Values no column holds and no calendar reckons with are refused by every operation, in every field it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from marshmallow import Schema, fields
from marshmallow.validate import Range

from services.chassis import clock
from services.chassis.day_fields import DayRange
from services.chassis.schema import Operation
from services.contracts.eras import EARLIEST_BIRTH, LIFETIME
from tests.contract.promises import operations

BEYOND: dict[type[fields.Field], tuple[Any, ...]] = {
    fields.Date: ("0001-01-01", "9999-12-31"),
    fields.AwareDateTime: ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    fields.Integer: (2**31, -(2**63), 10**30),
}


def requests_with(
    schema: Schema, values_of: Callable[[fields.Field], Iterable[Any]]
) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Yield the path of each field of a request at every depth, with a request that has one of the values there.

    Args:
        schema: of the request.
        values_of: returns the values to send in a field, none for a field to pass over.
    """
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        found: Iterable[tuple[list[str], Any]] = (
            requests_with(inner.schema, values_of)
            if isinstance(inner, fields.Nested)
            else (([], value) for value in values_of(inner))
        )
        for path, value in found:
            yield [name, *path], {name: [value] if isinstance(field, fields.List) else value}


def _beyond(field: fields.Field) -> Iterator[Any]:
    # A whole number's own range may be wider than the common one, up to what its column holds.
    ranges = [check.max for check in field.validators if isinstance(check, Range) and type(field) is fields.Integer]
    widest = max((most for most in ranges if most is not None), default=0)
    for value in BEYOND.get(type(field), ()):
        if not (isinstance(value, int) and 0 < value <= widest):
            yield value


def _told(errors: Any, path: list[str]) -> Any:
    """What validation told of the field at a path, in the first item of each list on the way; None for nothing."""
    for step in path:
        errors = errors.get(step) if isinstance(errors, dict) else None
        errors = errors.get(0, errors) if isinstance(errors, dict) else errors
    return errors


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_what_is_beyond_all_limits_is_refused_naming_the_field(operation: Operation) -> None:
    schema = operation.request_schema
    for path, request in requests_with(schema, _beyond):
        errors = schema.validate(request)
        assert _told(errors, path), (path, request, errors)


JUDGED_BY_RECORD = "one odd day in HR's feed stops no delivery: it is judged when its difference is applied"
WITHOUT_RANGE = {
    f"membership.push_hr_changes items.{name}": JUDGED_BY_RECORD
    for name in ("birth_date", "hired_on", "approved_month", "retired_on", "left_on")
}
"""Days of commands that may lie outside what is plausible, and why."""


def requests_with_day(schema: Schema, day: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Yield the path of each field of a request that takes a day, with a request that has the day there."""
    return requests_with(schema, lambda field: [day] if isinstance(field, fields.Date) else [])


COMMANDS = [operation for operation in operations() if operation.kind == "command"]
DAYS = [(operation, path) for operation in COMMANDS for path, _ in requests_with_day(operation.request_schema, "")]


def _names(operation: Operation, path: list[str]) -> str:
    return f"{operation.id} {'.'.join(path)}"


@pytest.mark.parametrize(("operation", "path"), DAYS, ids=[_names(*day) for day in DAYS])
def test_a_day_that_a_command_takes_has_a_plausible_range(operation: Operation, path: list[str]) -> None:
    today = clock.today()
    schema = operation.request_schema
    for day in (date.min, date(1899, 12, 31), today.replace(year=today.year + LIFETIME + 1, day=1), date.max):
        request = next(request for at, request in requests_with_day(schema, day.isoformat()) if at == path)
        errors = _told(schema.validate(request), path)
        exempt = _names(operation, path) in WITHOUT_RANGE and 1800 <= day.year <= 2199
        assert bool(errors) is not exempt, (day, errors)


def test_the_days_without_a_range_are_those_there_are() -> None:
    assert WITHOUT_RANGE.keys() <= {_names(*day) for day in DAYS}
    assert {_names(*day) for day in DAYS} > {"membership.record_decision talked_on"}


def test_a_year_ahead_of_a_leap_day_is_a_day() -> None:
    with clock.frozen(datetime(2028, 2, 29, 4, tzinfo=UTC)):
        assert DayRange(EARLIEST_BIRTH, 1).latest == date(2029, 2, 28)
