"""A body's values have the JSON type the document says: nothing is quietly turned into something else."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import fields

from gateway.http.request_parsing import check, mistyped_in
from services.chassis.errors import InvalidInput
from services.chassis.schema import Money, Schema


class Seat(Schema):
    """A schema of every kind of field that other types are turned into."""

    number = fields.Integer()


class Booking(Schema):
    """Nested in a list and by itself."""

    seats = fields.List(fields.Nested(Seat))
    first = fields.Nested(Seat, allow_none=True)
    paid = fields.Boolean(allow_none=True)
    price = Money(allow_none=True)
    note = fields.String()


RIGHT = {"seats": [{"number": 1}], "first": {"number": 2}, "paid": True, "price": "12.50", "note": "x"}


@pytest.mark.parametrize("right", [RIGHT, {}, {"paid": None, "price": None, "first": None}, {"first": {"number": 3.0}}])
def test_values_of_the_right_type_pass(right: dict[str, Any]) -> None:
    assert mistyped_in(Booking(), right) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"paid": 1}, "paid"),
        ({"paid": "yes"}, "paid"),
        ({"price": 12.5}, "price"),
        ({"price": 12}, "price"),
        ({"first": {"number": "3"}}, "first.number"),
        ({"first": {"number": True}}, "first.number"),
        ({"first": {"number": 3.7}}, "first.number"),
        ({"seats": [{"number": 1}, {"number": "2"}]}, "seats.1.number"),
    ],
)
def test_a_value_of_another_type_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(Booking(), wrong, mistyped_in(Booking(), wrong))
    assert list(refused.value.errors) == [field]


def test_wrong_types_are_told_together_with_all_else() -> None:
    wrong = {"paid": "yes", "note": 5, "surplus": 1}
    with pytest.raises(InvalidInput) as refused:
        check(Booking(), wrong, mistyped_in(Booking(), wrong))
    assert set(refused.value.errors) == {"paid", "note", "surplus"}


def test_huge_numbers_break_nothing() -> None:
    assert mistyped_in(Seat(), {"number": 10**400}) == {}
    assert mistyped_in(Seat(), {"number": 1e300}) == {}
    assert mistyped_in(Seat(), {"number": float("inf")}) == {"number": ["Must be a whole number."]}
