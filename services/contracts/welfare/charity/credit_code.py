"""统一社会信用代码: the unified social credit code of an organisation, 18 characters with a check character."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import InputError, Text

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: no I, O, S, V, Z."""
_LENGTH = 18
_FITS = InputError("charity.credit_code_fits", "This is no unified social credit code: its check character differs.")


def is_credit_code(text: str) -> bool:
    """Whether a text is a unified social credit code: its last character follows from the others.

    Each of the first 17 characters counts as its place in the alphabet, times a power of 3, modulo 31 (GB 32100-2015).
    """
    if len(text) != _LENGTH or any(one not in _ALPHABET for one in text):
        return False
    total = sum(_ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(text[:-1]))
    return _ALPHABET[-total % 31] == text[-1]


def _require_code(text: str) -> None:
    if not is_credit_code(text):
        raise validate.ValidationError(_FITS)


def CreditCode(**kwargs: Any) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """A unified social credit code in capital letters."""
    return Text(_LENGTH, validate=[_require_code], **kwargs)
