"""Contract fields for texts that people write and for their names; and the check of digits in numbers.

Belongs here: how a received text becomes the text that is stored. `plain_text` and `names` define the characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.chassis.names import canonical_name
from services.chassis.plain_text import BLANK, CONTROL, ZERO_WIDTH, cleaned, seen_length

BLANK_TEXT = "This must not be blank."
ODD_TEXT = "This holds control characters."
FOREIGN_DIGITS = "Write digits as 0 to 9."
RULES_OF_TEXTS = {
    BLANK_TEXT: "text.is_not_blank",
    ODD_TEXT: "text.has_no_control_characters",
    FOREIGN_DIGITS: "number.is_in_ascii",
}
"""The rule that a message about an input field belongs to."""


class TextLength(validate.Length):
    """Validates the length of a text: a minimum of visible characters and a maximum of all.

    `pattern` is for documents; it omits invisible characters above U+FFFF, which ECMA regular expressions write
    differently.
    """

    @property
    def pattern(self) -> str:
        """The regular expression of a text that is long enough."""
        held = f"[^{CONTROL}]*"
        return f"^{held}[^{CONTROL}{BLANK}{ZERO_WIDTH}]{held}$" if self.min else f"^{held}$"

    def __call__(self, value: Any) -> Any:
        """Raise `ValidationError` unless the text is of this length."""
        seen = seen_length(value) if self.min else 0
        if self.min and not seen:
            raise marshmallow.ValidationError(BLANK_TEXT)
        if self.min and seen < self.min:
            raise marshmallow.ValidationError(f"Shorter than minimum length {self.min}.")
        if self.max is not None and len(value) > self.max:
            raise marshmallow.ValidationError(f"Longer than maximum length {self.max}.")
        return value


IS_PLAIN = validate.Regexp(rf"\A[^{CONTROL}]*\Z", error=ODD_TEXT)


def Text(  # noqa: N802  makes a field, and reads as such
    maximum: int, minimum: int = 0, *, characters: validate.Regexp | None = None, **kwargs: Any
) -> fields.String:
    """A text without invisible characters at its ends and without characters that reorder it; see `plain_text.cleaned`.

    Args:
        maximum: characters at most.
        minimum: visible characters at least; when it is 0 and null is allowed, a blank text is null.
        characters: those allowed, when not all except control characters are.
        kwargs: of the field.
    """
    return _text_field(cleaned, maximum, minimum, characters, **kwargs)


def Name(maximum: int, **kwargs: Any) -> fields.String:  # noqa: N802
    """A person's name in its canonical form; see `names.canonical_name`."""
    return _text_field(canonical_name, maximum, 1, None, **kwargs)


def _text_field(
    written: Callable[[str], str], maximum: int, minimum: int, characters: validate.Regexp | None, **kwargs: Any
) -> fields.String:
    checks = [TextLength(min=minimum, max=maximum), characters or IS_PLAIN, *kwargs.pop("validate", [])]
    field = fields.String(validate=checks, **kwargs)

    def in_written_form(value: Any) -> Any:
        text = written(value) if isinstance(value, str) else value
        return None if text == "" and field.allow_none and not minimum else text

    field.pre_load = [in_written_form]
    return field


def in_ascii(value: Any) -> Any:
    """Return a number, day or id unchanged, unless it has digits that Python reads and other languages may not.

    `int`, `Decimal`, `date` and `UUID` accept the digits of every script: `int("\u0661")` is 1.
    """
    if isinstance(value, str) and not value.isascii():
        raise marshmallow.ValidationError(FOREIGN_DIGITS)
    return value


def rule_of(errors: Mapping[str, Any]) -> str | None:
    """Return the rule that all invalid fields break, by their messages; None when there are other errors."""
    rules = {RULES_OF_TEXTS.get(message) for message in _messages_in(errors)}
    return rules.pop() if len(rules) == 1 else None


def _messages_in(errors: Any) -> Iterator[str]:
    parts = errors.values() if isinstance(errors, Mapping) else errors
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _messages_in(part)
