"""Rules of closing months and of verifying the ledger. Pure."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def period_is_over(period: str, current: str) -> Refusal | None:
    """Only a past month can be closed."""
    if period < current:
        return None
    return Refusal("fund.period_is_over", f"The month {period} is not over yet.", field="period")


def periods_close_in_order(period: str, open_before: str | None) -> Refusal | None:
    """Earlier months with entries must be closed first."""
    if open_before is None:
        return None
    return Refusal(
        "fund.periods_close_in_order",
        f"The month {open_before} has entries and is still open; close it before {period}.",
        field="period",
        params={"open": open_before},
    )


def ledger_is_short(entries: int, most: int) -> Refusal | None:
    """A call verifies a ledger only if that is fast enough for the deadline; a longer one is verified by a job."""
    if entries <= most:
        return None
    return Refusal(
        "fund.ledger_is_short",
        f"The ledger has {entries} entries; more than {most} are verified as long work.",
        None,
        {"entries": entries, "most": most},
    )
