"""Rules of honours typed in from papers."""

from __future__ import annotations

from datetime import date

from services.chassis.refusal import Refusal


def awarded_on_is_possible(awarded_on: date, birth_date: date, today: date) -> Refusal | None:
    """An honour lies behind, and after the holder's birth."""
    if birth_date < awarded_on <= today:
        return None
    return Refusal("honours.awarded_on_is_possible", "The day of the honour is not possible.", "awarded_on")


def honour_was_typed_in(source: str) -> Refusal | None:
    """What came from an award is taken back where it was granted, so that both say the same."""
    if source == "papers":
        return None
    return Refusal("honours.honour_was_typed_in", "This honour comes from an award; revoke the award.", None)


def honour_stands(state: str) -> Refusal | None:
    """What was taken back is not taken back again."""
    if state == "stands":
        return None
    return Refusal("honours.honour_stands", "The honour was taken back already.", None)
