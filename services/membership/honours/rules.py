"""Rules of honours entered from documents."""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal
from services.contracts.eras import EARLIEST_UNION
from services.membership.date_rules import LOWEST_WORKING_AGE, birthday_of_age


def awarded_on_is_possible(awarded_on: date, birth_date: date, today: date) -> Refusal | None:
    """An honour lies behind, and after the holder was old enough to work; universities' unions began in 1949."""
    earliest = max(EARLIEST_UNION, birthday_of_age(birth_date, LOWEST_WORKING_AGE))
    if earliest <= awarded_on <= today:
        return None
    params = {"earliest": earliest.isoformat(), "latest": today.isoformat()}
    detail = f"The day of the honour lies from {earliest} to {today}."
    return Refusal("honours.awarded_on_is_possible", detail, "awarded_on", params)


def honour_was_typed_in(source: str) -> Refusal | None:
    """What came from an award is taken back where it was granted, so that both say the same."""
    if source == "papers":
        return None
    return Refusal("honours.honour_was_typed_in", "This honour comes from an award; revoke the award.", None)


def honour_stands(state: str) -> Refusal | None:
    """An honour is deleted only once."""
    if state == "stands":
        return None
    return Refusal("honours.honour_stands", "The honour was taken back already.", None)
