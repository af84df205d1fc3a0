"""Unified social credit codes (统一社会信用代码) of organisations, as GB 32100-2015 defines them."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import invalid

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters of a code in the order of their values; I, O, S, V and Z are left out."""
LENGTH = 18
_PRIME = len(ALPHABET)


def check_character(begun: str) -> str:
    """Return the last character of a code from its first 17.

    Args:
        begun: 17 characters of `ALPHABET`.

    Source: GB 32100-2015, 4.5: weights are the powers of 3 modulo 31.
    """
    total = sum(ALPHABET.index(one) * pow(3, place, _PRIME) for place, one in enumerate(begun))
    return ALPHABET[-total % _PRIME]


def is_credit_code(text: str) -> bool:
    """Whether a text is a code with the right check character."""
    known = len(text) == LENGTH and set(text) <= set(ALPHABET)
    return known and check_character(text[:-1]) == text[-1]


class CreditCode(fields.String):
    """A unified social credit code with the right check character; blanks and small letters are put right."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = "".join(super()._deserialize(value, attr, data, **kwargs).split()).upper()
        if not is_credit_code(text):
            raise invalid("credit_code.is_genuine", "Not a unified social credit code; check each character.")
        return text
