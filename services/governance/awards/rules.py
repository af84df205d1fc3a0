"""Rules of awards: when one may be recorded, what may be taken back."""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal
from services.contracts.eras import EARLIEST_UNION


def awarded_on_is_past(awarded_on: date, today: date) -> Refusal | None:
    """A commendation is recorded once it was made public, not ahead; unions of universities began in 1949."""
    if EARLIEST_UNION <= awarded_on <= today:
        return None
    params = {"earliest": EARLIEST_UNION.isoformat(), "latest": today.isoformat()}
    return Refusal("awards.awarded_on_is_past", f"The day lies from {EARLIEST_UNION} to {today}.", "awarded_on", params)


def award_stands(state: str) -> Refusal | None:
    """What was taken back is not taken back again."""
    if state == "granted":
        return None
    return Refusal("awards.award_stands", "The award was taken back already.", None, {"state": state})


def holder_is_known(known: bool, field: str) -> Refusal | None:
    """An award goes to a member or a unit of the union."""
    if known:
        return None
    return Refusal("awards.holder_is_known", "There is no such member or unit.", field)
