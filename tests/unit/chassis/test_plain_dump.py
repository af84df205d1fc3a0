"""The short way of dumping says what marshmallow says, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import marshmallow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import fields, validate, validates_schema

from services.chassis.events.serializer import plain_dump_of
from services.chassis.schema import Schema, Text, Timestamp


class Parcel(Schema):
    id = fields.UUID(required=True)
    name = Text(5, required=True)
    sort = fields.String(validate=validate.OneOf(("a", "b")), allow_none=True)
    count = fields.Integer(validate=validate.Range(min=0))
    done = fields.Boolean(load_default=False)
    on = fields.Date(allow_none=True)
    at = Timestamp()
    parts = fields.List(fields.UUID(), validate=validate.Length(max=2))
    words = fields.List(fields.String(allow_none=True))


DUMP = plain_dump_of(Parcel())
assert DUMP is not None
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.text(max_size=7), st.just("a"), st.uuids(), st.dates(),
    st.datetimes(), st.datetimes(timezones=st.just(UTC)), st.lists(st.uuids(), max_size=3),
    st.lists(st.one_of(st.none(), st.text(max_size=2)), max_size=2), st.floats(),
)  # fmt: skip
SOUND = {
    "id": UUID(int=1), "name": "包裹", "sort": None, "count": 2, "done": True, "on": date(2026, 1, 2),
    "at": datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "parts": [UUID(int=2)], "words": ["x", None],
}  # fmt: skip


def long_way(values: dict[str, Any]) -> dict[str, Any] | None:
    schema = Parcel()
    try:
        dumped: dict[str, Any] = schema.dump(values)
    except Exception:
        return None
    return None if schema.validate(dumped) else dumped


def test_sound_values_are_dumped_as_marshmallow_dumps_them():
    assert DUMP is not None
    dumped = DUMP(SOUND)

    assert dumped == long_way(SOUND)
    assert list(dumped or {}) == list(Parcel().dump(SOUND))


@given(st.dictionaries(st.sampled_from([*SOUND, "unknown"]), ANYTHING))
def test_what_is_dumped_at_all_is_what_marshmallow_says(values: dict[str, Any]):
    assert DUMP is not None
    stated = {**SOUND, **values}

    assert DUMP(stated) in (None, long_way(stated))


NAIVE = datetime(2026, 1, 2)  # noqa: DTZ001  what is refused


@pytest.mark.parametrize("wrong", [
    {"id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0031"}, {"name": None}, {"name": "too long"}, {"count": -1},
    {"count": True}, {"sort": "c"}, {"on": NAIVE}, {"at": NAIVE}, {"parts": [UUID(int=1)] * 3},
])  # fmt: skip
def test_other_values_are_left_to_marshmallow(wrong: dict[str, Any]):
    assert DUMP is not None

    assert DUMP({**SOUND, **wrong}) is None
    assert DUMP({name: value for name, value in SOUND.items() if name != "id"}) is None


def test_schemas_with_more_than_plain_fields_are_left_to_marshmallow():
    class Nesting(Schema):
        parcel = fields.Nested(Parcel)

    class Hooked(Schema):
        id = fields.UUID()

        @validates_schema
        def _never(self, data: Any, **_: Any) -> None:
            raise marshmallow.ValidationError("never")

    class Renamed(Schema):
        id = fields.UUID(data_key="ID")

    class Formatted(Schema):
        on = fields.Date(format="%d.%m.%Y")

    assert [plain_dump_of(schema()) for schema in (Nesting, Hooked, Renamed, Formatted)] == [None] * 4
