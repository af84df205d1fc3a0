"""Parses JSON bodies and query strings by an operation's schema.

All invalid input raises a `Problem` that names the field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import marshmallow
from flask import Request
from marshmallow import ValidationError, fields

from gateway.http.problems import MalformedRequest, TooLarge, UnsupportedMediaType
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError, flatten
from services.chassis.schema import Schema, rule_of

BODY_LIMIT = 1024 * 1024
"""Bytes of a request body, unless its route takes a file."""

NESTING_LIMIT = 40
GIVEN_TWICE = InputError("input.given_twice", "Given more than once.")
_NO_OBJECT = InputError("input.not_an_object", "Not a JSON object.")
_OUT_OF_RANGE = InputError("input.beyond_limits", "A number is out of range.")
_UNSTORABLE = InputError("input.unstorable_text", "Contains a character that cannot be stored.")


def read_body(request: Request, limit: int = BODY_LIMIT) -> dict[str, Any]:
    """Return the JSON object of the body, `{}` when there is none.

    Args:
        request: the HTTP request.
        limit: bytes the body may have.

    Raises:
        TooLarge: more than `limit` bytes.
        UnsupportedMediaType: another type than JSON.
        MalformedRequest: invalid JSON, or text that no database can store.
        InvalidInput: JSON, but no object.
    """
    announced = request.content_length
    if announced is not None and announced > limit:
        raise _too_large(limit)
    body = request.get_data(cache=False)
    if announced is None and len(body) >= limit:  # a chunked body that is incomplete
        raise _too_large(limit)
    if not body:
        return {}
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON as application/json.")
    document = _parse(body)
    if not isinstance(document, dict):
        raise InvalidInput("The body must be a JSON object.", errors={"body": [_NO_OBJECT]})
    return document


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"A body may have {limit} bytes at most.", params={"limit": limit})


def _parse(body: bytes) -> Any:
    try:
        document = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        if b"\\u" in body or b"\x00" in body:
            _require_storable(document)
    except (ValueError, RecursionError):
        raise MalformedRequest("The body is not valid JSON in UTF-8.", field="body") from None
    return document


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _require_storable(value: Any, depth: int = 0) -> None:
    """Refuse escapes of characters that no UTF-8 database can store: NUL and lone surrogates."""
    if depth > NESTING_LIMIT:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("NUL")
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, item in value.items():
            _require_storable(key, depth)
            _require_storable(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _require_storable(item, depth + 1)


def read_query(request: Request, schema: Schema) -> dict[str, Any]:
    """Return the query string as JSON values: lists for list fields, the last value for others."""
    values: dict[str, Any] = {}
    for name in request.args:
        texts = request.args.getlist(name)
        if any("\x00" in text for text in texts):
            raise InvalidInput(errors={name: [_UNSTORABLE]})
        field = schema.fields.get(name)
        if isinstance(field, fields.List):
            values[name] = [part for text in texts for part in text.split(",") if part]
        elif len(texts) > 1:
            raise InvalidInput(errors={name: [GIVEN_TWICE]})
        elif texts[0] or field is None:
            values[name] = texts[0]
    return values


def check(schema: Schema, values: Mapping[str, Any], mistyped: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """Return the typed values.

    Args:
        schema: of the request.
        values: JSON values, or texts of a query string.
        mistyped: what `mistyped_in` found in a body.

    Raises:
        InvalidInput: with all invalid fields.
    """
    try:
        loaded: dict[str, Any] = schema.load(dict(values))
    except ValidationError as error:
        errors = {**flatten(error.messages), **(mistyped or {})}
        raise InvalidInput(errors=errors, rule=rule_of(errors)) from None
    except (ArithmeticError, RecursionError):
        raise InvalidInput("A number is out of range.", errors={"body": [_OUT_OF_RANGE]}) from None
    if mistyped:
        raise InvalidInput(errors=mistyped)
    return loaded


def check_storable(values: Mapping[str, Any]) -> None:
    """Raise `InvalidInput`, with the field, for text that no UTF-8 database can store.

    Bodies and queries are checked when they are read; forms and other texts are not.
    """
    for name, value in values.items():
        try:
            _require_storable(value)
        except ValueError:
            raise InvalidInput(errors={name: [_UNSTORABLE]}) from None


def mistyped_in(schema: marshmallow.Schema, values: Mapping[str, Any], path: str = "") -> dict[str, list[str]]:
    """Return messages by field for values of another JSON type than documented.

    Schemas also accept texts, because query strings consist of texts; in a body the types must be right, and an amount
    given as a number has been a float.
    """
    found: dict[str, list[str]] = {}
    for name in values:
        if name in schema.fields:
            found |= _mistyped(schema.fields[name], values[name], f"{path}{name}")
    return found


def _mistyped(field: fields.Field[Any], value: Any, path: str) -> dict[str, list[str]]:
    if isinstance(field, fields.Nested) and isinstance(value, dict):
        return mistyped_in(field.schema, value, f"{path}.")
    if isinstance(field, fields.List) and isinstance(value, list):
        parts = (_mistyped(field.inner, item, f"{path}.{index}") for index, item in enumerate(value))
        return {name: texts for part in parts for name, texts in part.items()}
    message = next((text for kind, fits, text in _JSON_TYPES if isinstance(field, kind) and not fits(value)), None)
    return {path: [message]} if message and value is not None else {}


def _is_whole(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


_JSON_TYPES: tuple[tuple[type[fields.Field[Any]], Callable[[Any], bool], InputError], ...] = (
    (
        fields.Boolean,
        lambda value: isinstance(value, bool),
        InputError("input.not_a_boolean", "Must be true or false."),
    ),
    (fields.Integer, _is_whole, InputError("input.not_a_number", "Must be a whole number.")),
    (
        fields.Decimal,
        lambda value: isinstance(value, str),
        InputError("input.not_text", 'Must be text, such as "500.00".'),
    ),
)
