"""Answers as a contract has them: a value in every field of a schema."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

EXAMPLE_ID = "0190d5a0-0000-7000-8000-0000000000a1"
_VALUES: tuple[tuple[type[fields.Field[Any]], Any], ...] = (
    (fields.UUID, EXAMPLE_ID), (fields.AwareDateTime, "2026-03-01T01:30:00+00:00"), (fields.Date, "2026-03-01"),
    (fields.Decimal, "12.50"), (fields.Boolean, True), (fields.Integer, 3), (fields.Dict, {}), (fields.String, "x"),
)  # fmt: skip


def example_of(schema: Schema) -> dict[str, Any]:
    """Return an item with a value in every field."""
    return {name: _value(source) for name, source in schema.fields.items()}


def _value(source: fields.Field[Any]) -> Any:
    if isinstance(source, fields.List):
        return [_value(source.inner)]
    if isinstance(source, fields.Nested):
        return example_of(source.schema)
    choices = next((check.choices for check in source.validators if isinstance(check, validate.OneOf)), None)
    if choices is not None:
        return next(iter(choices))
    return next((value for kind, value in _VALUES if isinstance(source, kind)), "x")


def empty_reply(schema: Schema) -> dict[str, Any]:
    """Return the answer of a list that found nothing: no items, null where the contract allows it."""
    empty: dict[str, Any] = {
        name: None if source.allow_none else [] for name, source in schema.fields.items() if _may_be_empty(source)
    }
    return {**example_of(schema), **empty}


def _may_be_empty(source: fields.Field[Any]) -> bool:
    return isinstance(source, fields.List) or bool(source.allow_none)
