"""Nothing of examinations has a place for a result: no field, no column, no route that takes a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow
import pytest
import sqlalchemy as sa
from marshmallow import fields

from gateway.subjects.welfare.examinations import SUBJECT
from services.chassis.schema import Event, Operation
from services.chassis.vocabulary import words_of
from services.contracts.files import Content
from services.contracts.welfare.examinations import events, operations
from services.welfare.base import Base
from services.welfare.examinations import tables

FREE_TEXTS = {
    "title": "of a campaign", "name": "of a hospital or package", "address": "of a hospital",
    "note": "of a slot: how to come", "purpose": "why a list is read, for the log",
}  # fmt: skip
"""What people may write; nothing of it is about a person."""
TOLD_TEXTS = {
    "hospital": "a hospital's name", "package": "a package's name", "reason": "the rule of a decision",
    "refused_rule": "the funds' rule", "reason_code": "the funds' code", "cursor": "of a page",
    "next_cursor": "of a page",
}  # fmt: skip
"""Texts of answers that come from elsewhere."""
PLAIN_DICTS = {"params": "figures of a refusal"}
COLUMNS = {
    "examination_hospital": {"name", "address"},
    "examination": {"title", "kind", "funding", "state", "progress_told", "runs"},
    "examination_package": {"name", "sex"},
    "examination_slot": {"note"},
    "examination_unbooked_told": set(),
    "examinee": {"state", "facts"},
    "examination_mark": {"state"},
}
"""Every column that can hold text."""


def fields_of(schema: marshmallow.Schema, path: str) -> Iterator[tuple[str, str, fields.Field[Any]]]:
    """Every field of a schema and of those within it, with its name and where it stands."""
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        yield f"{path}.{name}", name, inner
        if isinstance(inner, fields.Nested):
            yield from fields_of(inner.schema, f"{path}.{name}")


OPERATIONS = [one for one in vars(operations).values() if isinstance(one, Operation)]
EVENTS = [
    events.ExaminationDue,
    events.ExaminationUnbooked,
    events.ExaminationToClose,
    events.ExaminationProgressed,
]
TABLES = [
    one.__table__
    for one in vars(tables).values()
    if isinstance(one, type) and one.__module__ == tables.__name__ and issubclass(one, Base)
]
PLAIN = (sa.Uuid, sa.Boolean, sa.Integer, sa.Date, sa.DateTime, sa.Numeric)


def is_text(field: fields.Field[Any]) -> bool:
    """Whether a field takes any text: not an id, nor a word of a list."""
    return isinstance(field, fields.String) and not isinstance(field, fields.UUID) and not words_of(field)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_no_request_takes_a_result(operation: Operation) -> None:
    for path, name, field in fields_of(operation.request_schema, operation.name):
        assert not isinstance(field, (Content, fields.Dict, fields.Raw)), path
        assert not is_text(field) or name in {*FREE_TEXTS, "cursor"}, path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_no_answer_tells_a_result(operation: Operation) -> None:
    for path, name, field in fields_of(operation.reply_schema, operation.name):
        assert not isinstance(field, (Content, fields.Raw)), path
        assert not isinstance(field, fields.Dict) or name in PLAIN_DICTS, path
        assert not is_text(field) or name in FREE_TEXTS | TOLD_TEXTS, path


@pytest.mark.parametrize("event", EVENTS, ids=lambda one: one.type)
def test_no_event_tells_a_result(event: type[Event]) -> None:
    told = {name for _, name, field in fields_of(event.data(), event.type) if is_text(field)}
    assert told <= {"title"}


def test_no_column_holds_a_result_or_a_file() -> None:
    assert {table.name for table in TABLES} == set(COLUMNS)
    for table in TABLES:
        texts = {column.name for column in table.columns if not isinstance(_kind(column), PLAIN)}
        assert texts == COLUMNS[table.name]


def _kind(column: sa.Column[Any]) -> Any:
    kind = column.type
    return kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind


def test_no_route_takes_or_gives_a_file() -> None:
    assert not any(route.upload or route.download for route in SUBJECT.routes)
