"""Rules of a payment of dues: how much it can be, and on which day it can have been made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.chassis.rules.refusal import Refusal

NOTHING = Decimal("0.00")


def payment_fits(amount: Decimal, owed: Decimal) -> Refusal | None:
    """A payment is more than nothing and no more than what is still owed for the month."""
    if NOTHING < amount <= owed:
        return None
    rule = "dues.month_is_owed" if owed <= NOTHING else "dues.payment_fits"
    detail = "Nothing is owed for this month." if owed <= NOTHING else "This is more than is owed."
    return Refusal(rule, detail, "amount", {"owed": f"{owed:.2f}"})


def paid_on_is_plausible(paid_on: date, month: str, today: date) -> Refusal | None:
    """Money that came in came in today or before, and a year before its month at the earliest."""
    if paid_on > today:
        return Refusal("dues.day_is_not_ahead", "The day lies ahead.", "paid_on")
    earliest = date(int(month[:4]) - 1, int(month[5:]), 1)
    if paid_on >= earliest:
        return None
    params = {"earliest": earliest.isoformat(), "latest": today.isoformat()}
    return Refusal("dues.paid_near_its_month", f"The day lies from {earliest} to {today}.", "paid_on", params)
