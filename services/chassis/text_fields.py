"""Fields of contracts that hold texts: what a person writes, what a person is called; and the rule for written numbers.

Belongs here: how a text on the wire becomes the text that is stored. Which characters that concerns stands in
`plain_text` and `names`.
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
"""Which rule a message about an input field stands for."""


class TextLength(validate.Length):
    """The least a text has to say, in characters that can be seen, and the most it may hold.

    `pattern` is for documents; it leaves out what can't be seen beyond U+FFFF, which ECMA writes in another way.
    """

    @property
    def pattern(self) -> str:
        """The regular expression of a text that is long enough to say something."""
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
    """A text without anything unseen around it, and without what reorders it; see `plain_text.cleaned`.

    Args:
        maximum: characters it holds at most.
        minimum: characters that can be seen, at least; where it is 0 and null is allowed, a blank text is null.
        characters: what it may consist of, where that is less than anything but control characters.
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
    """Return a number, day or id as it came, unless it is written with digits Python reads and others may not.

    `int`, `Decimal`, `date` and `UUID` take the digits of every script: `int("\u0661")` is 1.
    """
    if isinstance(value, str) and not value.isascii():
        raise marshmallow.ValidationError(FOREIGN_DIGITS)
    return value


def rule_of(errors: Mapping[str, Any]) -> str | None:
    """Return the rule that every field at fault breaks, by its messages; None where there is more to tell than that."""
    rules = {RULES_OF_TEXTS.get(message) for message in _messages_in(errors)}
    return rules.pop() if len(rules) == 1 else None


def _messages_in(errors: Any) -> Iterator[str]:
    parts = errors.values() if isinstance(errors, Mapping) else errors
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _messages_in(part)
