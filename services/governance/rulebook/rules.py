"""Decisions about the dated rules themselves: whether a value can be read by whoever asks for it. Pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from services.chassis.refusal import Refusal

FORMS = ("goods", "voucher", "cash")


_TOO_MUCH = Decimal(10) ** 12


def forms_in(value: str) -> list[str]:
    """Return the forms a text lists, as `goods, voucher`."""
    return [form.strip() for form in value.split(",")]


def value_fits_key(key: str, value: str) -> Refusal | None:
    """A cap is an amount in yuan, not negative and with two places at most; forms are goods, voucher or cash."""
    if key.endswith(".forms"):
        if set(forms_in(value)) <= set(FORMS):
            return None
        detail = f"Write one or more of {', '.join(FORMS)}, with commas between."
    elif key.endswith("cap"):
        if _is_amount(value):
            return None
        detail = "Write an amount in yuan with at most two places."
    else:
        return None
    return Refusal("rulebook.value_fits_key", detail, field="value", params={"key": key})


def _is_amount(value: str) -> bool:
    if not value.isascii():
        return False
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 <= amount < _TOO_MUCH and amount == round(amount, 2)
