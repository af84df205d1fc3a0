"""Rules of awards: recording and revoking."""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal
from services.contracts.eras import EARLIEST_UNION


def awarded_on_is_past(awarded_on: date, today: date) -> Refusal | None:
    """An award is recorded after it was made public; unions of universities began in 1949."""
    if EARLIEST_UNION <= awarded_on <= today:
        return None
    params = {"earliest": EARLIEST_UNION.isoformat(), "latest": today.isoformat()}
    return Refusal("awards.awarded_on_is_past", f"The day lies from {EARLIEST_UNION} to {today}.", "awarded_on", params)


def award_stands(state: str) -> Refusal | None:
    """An award is revoked only once."""
    if state == "granted":
        return None
    return Refusal("awards.award_stands", "The award was taken back already.", None, {"state": state})


def holder_is_known(known: bool, field: str) -> Refusal | None:
    """An award goes to a member or a unit of the union."""
    if known:
        return None
    return Refusal("awards.holder_is_known", "There is no such member or unit.", field)
