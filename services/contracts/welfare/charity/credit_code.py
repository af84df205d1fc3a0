"""The unified social credit code of a charity (统一社会信用代码), as it stands in its papers."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import InputError, Text
from services.contracts.credit_codes import LENGTH, is_credit_code

_FITS = InputError("charity.credit_code_fits", "This is no unified social credit code: its check character differs.")


def _require_code(text: str) -> None:
    if not is_credit_code(text):
        raise validate.ValidationError(_FITS)


def CreditCode(**kwargs: Any) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """A unified social credit code in capital letters."""
    return Text(LENGTH, validate=[_require_code], **kwargs)
