"""Codes of what marshmallow says about input. `Schema` gives them to its fields; see `input_errors`."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.chassis.input_errors import InputError

_OF_ANY_FIELD = {
    "required": "input.required",
    "null": "input.null",
    "validator_failed": "input.invalid",
    "type": "input.not_an_object",
    "unknown": "input.not_a_choice",
    "invalid_uuid": "input.not_an_id",
    "invalid_utf8": "input.not_text",
    "invalid_awareness": "input.not_a_moment",
    "special": "input.not_a_number",
    "too_large": "input.beyond_limits",
}
"""Codes of messages by marshmallow's key, where it means one thing in all fields."""
_INVALID: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Number, "input.not_a_number"),
    (fields.Boolean, "input.not_a_boolean"),
    (fields.Date, "input.not_a_date"),
    (fields.DateTime, "input.not_a_moment"),
    (fields.List, "input.not_a_list"),
    (fields.Mapping, "input.not_an_object"),
    (fields.Email, "input.not_an_email"),
    (fields.String, "input.not_text"),
)
"""Codes of what marshmallow calls invalid, by kind of field; the first that fits."""
OF_SCHEMA = {
    "unknown": InputError("input.unknown_field", "Unknown field."),
    "type": InputError("input.not_an_object", "Invalid input type."),
}
"""Messages of a schema itself."""


def invalid(code: str, detail: str, /, *, field: str = "_schema", **params: Any) -> marshmallow.ValidationError:
    """Return the error to raise for a field, or for the whole of a schema.

    Args:
        code: stable name; the portal needs words for it.
        detail: one sentence in English, without personal data and without what was typed.
        field: at fault; in a validator or a field itself leave it out.
        params: figures the words name, JSON values.
    """
    return marshmallow.ValidationError(InputError(code, detail, **params), field)


def give_codes(field: fields.Field[Any]) -> fields.Field[Any]:
    """Let a field and what it contains report their errors with codes; returns the field."""
    messages = field.error_messages
    field.error_messages = {key: _coded(type(field), key, text) for key, text in messages.items()}  # type: ignore[arg-type]
    field.validators = [_with_codes(check) for check in field.validators]
    for part in ("inner", "key_field", "value_field"):
        inner = getattr(field, part, None)
        if isinstance(inner, fields.Field):
            give_codes(inner)
    return field


@cache
def _coded(kind: type[fields.Field[Any]], key: str, text: str) -> InputError:
    if isinstance(text, InputError):
        return text
    invalid_code = next((code for base, code in _INVALID if issubclass(kind, base)), "input.invalid")
    return InputError(_OF_ANY_FIELD.get(key, invalid_code), text)


def _with_codes(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a copy of one of marshmallow's validators with coded messages; others raise `invalid` by themselves."""
    messages = _MESSAGES.get(type(check))
    if messages is None or isinstance(getattr(check, "error", None), InputError):
        return check
    coded = copy.copy(check)
    for name, message in messages(check):
        setattr(coded, name, message)
    return coded


_Messages = Iterable[tuple[str, InputError]]


def _of_length(check: validate.Length) -> _Messages:
    yield "message_min", InputError("input.too_short", check.message_min)
    yield "message_max", InputError("input.too_long", check.message_max)
    yield "message_all", InputError("input.length_out_of_range", check.message_all)
    yield "message_equal", InputError("input.length_differs", check.message_equal)


def _of_range(check: validate.Range) -> _Messages:
    yield "message_min", InputError("input.too_small" if check.min_inclusive else "input.not_above", check.message_min)
    yield "message_max", InputError("input.too_large" if check.max_inclusive else "input.not_below", check.message_max)
    code = "input.out_of_range" if check.min_inclusive and check.max_inclusive else "input.out_of_open_range"
    yield "message_all", InputError(code, check.message_all)


def _of_choices(check: validate.OneOf) -> _Messages:
    yield "error", InputError("input.not_a_choice", check.error, choices=[str(choice) for choice in check.choices])


_MESSAGES: dict[type, Callable[[Any], _Messages]] = {
    validate.Length: _of_length,
    validate.Range: _of_range,
    validate.OneOf: _of_choices,
    validate.Regexp: lambda check: [("error", InputError("input.wrong_form", check.error))],
    validate.Equal: lambda check: [("error", InputError("input.other_value", check.error))],
    validate.Email: lambda check: [("error", InputError("input.not_an_email", check.error))],
}
