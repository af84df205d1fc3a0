"""Contract fields for texts that people write and for their names; and the check of digits in numbers.

Belongs here: how a received text becomes the text that is stored. `plain_text` and `names` define the characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.chassis.input_codes import invalid
from services.chassis.input_errors import InputError, texts_in
from services.chassis.names import canonical_name
from services.chassis.plain_text import BLANK, CONTROL, ZERO_WIDTH, cleaned, in_one_line, seen_length

BLANK_TEXT = InputError("text.is_not_blank", "This must not be blank.")
ODD_TEXT = InputError("text.has_no_control_characters", "This holds control characters.")
FOREIGN_DIGITS = InputError("number.is_in_ascii", "Write digits as 0 to 9.")
_RULES = frozenset(error.code for error in (BLANK_TEXT, ODD_TEXT, FOREIGN_DIGITS))


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
            raise invalid("input.too_short", f"Shorter than minimum length {self.min}.", min=self.min)
        if self.max is not None and len(value) > self.max:
            raise invalid("input.too_long", f"Longer than maximum length {self.max}.", max=self.max)
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


def Line(  # noqa: N802
    maximum: int, minimum: int = 0, *, characters: validate.Regexp | None = None, **kwargs: Any
) -> fields.String:
    """A text of one line, such as a title, a name or a search; line ends in it are read as one blank. See `Text`."""
    return _text_field(in_one_line, maximum, minimum, characters, **kwargs)


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
    """Return the rule that all invalid fields break, by their codes; None when there are other errors."""
    codes = {getattr(text, "code", None) for text in texts_in(errors)}
    return codes.pop() if len(codes) == 1 and codes <= _RULES else None
