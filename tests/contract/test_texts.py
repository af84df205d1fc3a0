"""What requests may say in words and digits: a text that must say something says it, in every operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import marshmallow
import pytest
from marshmallow import fields

from gateway.http.request_parsing import check
from services.chassis.errors import InvalidInput
from services.chassis.rpc.commands import as_problem
from services.chassis.text_fields import BLANK_TEXT, FOREIGN_DIGITS, TextLength
from tests.contract.promises import all_routes, committed

BLANKS = (
    "",
    "  ",
    "\u3000\u3000",
    "\xa0",
    "\t\n",
    "\u200b\u200b",
    "\ufeff",
    "\u3164",
    "\u2800",
    "\u115f",
    "\U000e0020",
)
SECRETS = ("username", "password", "current", "new")
"""Compared as they are, never told to anybody; what a password needs is a rule of its own."""
FOREIGN = {
    fields.Integer: "\u0661\u0662",
    fields.Decimal: "\uff15.00",
    fields.Date: "\u0662\u0660\u0662\u0666-11-01",
    fields.AwareDateTime: "\u0662\u0660\u0662\u0666-11-01T00:00:00Z",
    fields.UUID: "\u0660" * 32,
}


def _fields_of(field: fields.Field[Any], place: str, required: bool) -> Iterator[tuple[str, fields.Field[Any], bool]]:
    if isinstance(field, fields.Nested):
        yield from _fields_in(field.schema, place)
    elif isinstance(field, fields.List):
        yield from _fields_of(field.inner, f"{place}[]", True)
    elif isinstance(field, fields.Dict):
        for part in (field.key_field, field.value_field):
            if part is not None:
                yield from _fields_of(part, f"{place}{{}}", True)
    else:
        yield place, field, required


def _fields_in(schema: marshmallow.Schema, place: str) -> Iterator[tuple[str, fields.Field[Any], bool]]:
    for name, field in schema.fields.items():
        yield from _fields_of(field, f"{place}.{name}", field.required)


REQUESTED = [
    found
    for operation in {route.operation.id: route.operation for route in all_routes()}.values()
    for found in _fields_in(operation.request_schema, operation.id)
]
TEXTS = [
    (place, field)
    for place, field, required in REQUESTED
    if isinstance(field, fields.String) and place.rpartition(".")[2] not in SECRETS
    if required or any(isinstance(check, TextLength) and check.min for check in field.validators)
]
NUMBERS = [
    (place, field, written)
    for place, field, _ in REQUESTED
    for kind, written in FOREIGN.items()
    if isinstance(field, kind)
]


@pytest.mark.parametrize(("place", "field"), TEXTS, ids=[place for place, _ in TEXTS])
def test_no_blank_is_taken_for_a_text(place: str, field: fields.String) -> None:
    for blank in BLANKS:
        with pytest.raises(marshmallow.ValidationError):
            field.deserialize(blank)


def test_those_are_all_kinds_of_texts() -> None:
    ends = {place.rpartition(".")[2] for place, _ in TEXTS}

    assert {"purpose", "reason", "decision", "evidence", "title", "name", "text", "note", "id_number"} <= ends
    assert len(TEXTS) > 150


@pytest.mark.parametrize(("place", "field", "written"), NUMBERS, ids=[place for place, _, _ in NUMBERS])
def test_no_digit_of_another_script_is_taken(place: str, field: fields.Field[Any], written: str) -> None:
    with pytest.raises(marshmallow.ValidationError, match=FOREIGN_DIGITS):
        field.deserialize(written)


def test_a_blank_text_is_told_by_field_and_rule_in_gateway_and_service() -> None:
    schema = next(route.operation for route in all_routes() if route.operation.name == "unmask_member").request_schema
    request = {"member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004", "field": "phone", "purpose": "\u3000 \u200b"}
    with pytest.raises(InvalidInput) as told:
        check(schema, request)
    with pytest.raises(marshmallow.ValidationError) as refused:
        schema.load(request)

    for problem in (told.value, as_problem(refused.value)):
        assert isinstance(problem, InvalidInput)
        assert (problem.field, problem.rule, problem.errors) == (
            "purpose",
            "text.is_not_blank",
            {"purpose": [BLANK_TEXT]},
        )


def test_texts_are_stored_without_what_stands_around_them() -> None:
    schema = next(route.operation for route in all_routes() if route.operation.name == "unmask_member").request_schema
    request = {
        "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004",
        "field": "phone",
        "purpose": "\u3000核对\u202e电话\u200b ",
    }

    assert check(schema, {**request, "purpose": "\u3000核对\u202e电话\u200b "})["purpose"] == "核对电话"


def _patterns(part: Any) -> Iterator[list[str]]:
    if isinstance(part, dict):
        if part.get("minLength") and "pattern" in part:
            yield [part["pattern"], *(other["pattern"] for other in part.get("allOf", ()))]
        for inner in part.values():
            yield from _patterns(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _patterns(inner)


def test_the_document_admits_no_blank_either() -> None:
    found = list(_patterns(committed("openapi.json")))

    assert len(found) > 100
    for patterns in found:
        for blank in BLANKS[:-1]:
            assert not all(re.search(pattern, blank) for pattern in patterns), patterns
