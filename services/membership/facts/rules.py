"""Rules of facts: who may ask for which purpose, and what of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.chassis.rules.refusal import Refusal
from services.membership.date_rules import age_on

KEPT_DAYS = 3 * 365
"""How long uses are kept: records of processing are kept for three years (个人信息保护法 Art. 56)."""


def purpose_is_the_askers_own(asker: str, owner: str) -> Refusal | None:
    """A service asks for its own purposes only."""
    if asker == owner:
        return None
    return Refusal(
        "facts.purpose_is_the_askers_own", "The purpose belongs to another service.", "purpose", {"service": owner}
    )


def facts_are_of_the_purpose(asked: Collection[str], allowed: Collection[str]) -> Refusal | None:
    """A purpose has the facts it is registered for and no others (个人信息保护法 Art. 6)."""
    beyond = sorted(set(asked) - set(allowed))
    if not beyond:
        return None
    detail = f"Not for this purpose: {', '.join(beyond)}."
    return Refusal("facts.facts_are_of_the_purpose", detail, "facts", {"facts": beyond})


def age_of(birth_date: date, on: date, *, erased: bool) -> int | None:
    """Return the age on a day; None where only the year of birth was kept when the retention period ended."""
    return None if erased else age_on(birth_date, on)
