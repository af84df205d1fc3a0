"""What is wrong with an input field, as data: a code, the figures it names, and a sentence in English.

Belongs here: the errors themselves and how they travel. Which code marshmallow's messages have stands in `input_codes`;
words for people stand in the portal.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_FORMATTER = string.Formatter()


class InputError(str):
    """The sentence of an error, with its code. Stands wherever marshmallow and `InvalidInput` take a text.

    Args:
        code: stable name such as `input.too_long`; the name of a rule where a rule of the union says no.
        detail: one sentence in English, without personal data and without what was typed.
        params: figures for the sentence in other languages, JSON values.
    """

    code: str
    params: dict[str, Any]

    def __new__(cls, code: str, detail: str, /, **params: Any) -> InputError:
        error = super().__new__(cls, detail)
        error.code, error.params = code, params
        return error

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # of a copy; the figures are its state
        return self.code, str(self)

    def format(self, *args: Any, **values: Any) -> InputError:
        """Return the error with its figures: marshmallow fills in its messages so."""
        named = {name for _, name, _, _ in _FORMATTER.parse(self) if name} & values.keys()
        figures = {name: _plain(values[name]) for name in named if name not in self.params}
        return InputError(self.code, super().format(*args, **values), **figures, **self.params)

    def to_wire(self, field: str) -> dict[str, Any]:
        """Return the JSON form, with the field's path."""
        return {"field": field, "code": self.code, "params": self.params, "detail": str(self)}


REQUIRED = InputError("input.required", "Missing data for required field.")


def flatten(errors: Any, path: str = "") -> dict[str, list[str]]:
    """Return nested messages as one level: `{"audience.units.0": ["Not a valid UUID."]}`."""
    if isinstance(errors, Mapping):
        found: dict[str, list[str]] = {}
        for key, value in errors.items():
            name = "" if key == "_schema" else str(key)
            found.update(flatten(value, ".".join(part for part in (path, name) if part)))
        return found
    texts = errors if isinstance(errors, list | tuple) else [errors]
    return {path or "body": [text if isinstance(text, str) else str(text) for text in texts]}


def coded_in(errors: Any) -> list[dict[str, Any]]:
    """Return the JSON forms of the errors that have a code, for answers and replies."""
    flat = flatten(errors)
    return [text.to_wire(path) for path, texts in flat.items() for text in texts if isinstance(text, InputError)]


def with_codes(errors: Any, wires: Iterable[Mapping[str, Any]], path: str = "") -> Any:
    """Return messages that came as plain texts with the codes that came beside them.

    A text without a code stays a text: a replica of an older release sends none.

    Args:
        errors: messages by field, however deep, or one text.
        wires: JSON forms from `coded_in`.
        path: of the field that `errors` are of.
    """
    if isinstance(errors, Mapping):
        parts = ((key, ".".join(filter(None, (path, "" if key == "_schema" else str(key))))) for key in errors)
        return {key: with_codes(errors[key], wires, below) for key, below in parts}
    if isinstance(errors, list):
        return [with_codes(text, wires, path) for text in errors]
    found = (wire for wire in wires if wire["field"] == (path or "body") and wire["detail"] == errors)
    return next((InputError(wire["code"], errors, **wire["params"]) for wire in found), errors)


def errors_from(wires: Iterable[Mapping[str, Any]]) -> dict[str, list[InputError]]:
    """Return errors by field, from their JSON forms."""
    found: dict[str, list[InputError]] = {}
    for wire in wires:
        found.setdefault(wire["field"], []).append(InputError(wire["code"], wire["detail"], **wire["params"]))
    return found


def texts_in(errors: Any) -> Iterator[str]:
    """Yield each message, however deep."""
    return (text for texts in flatten(errors).values() for text in texts)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list) else str(value)
