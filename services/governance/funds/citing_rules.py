"""The rule of decisions that are cited. Pure."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal

LONGEST = 200
"""Characters of what an entry says of its decision, the number of a cited one included."""


def cited_decision_stands(stands: bool) -> Refusal | None:
    """A meeting's decision that is cited passed, and was neither voided nor replaced."""
    if stands:
        return None
    return Refusal("fund.cited_decision_stands", "The decision did not pass, or stands no more.", "decision_id")


def cited_decision_fits(text: str, number: str) -> Refusal | None:
    """An entry has room for the number of the decision and what is written about it."""
    if len(text) <= LONGEST:
        return None
    params = {"most": LONGEST - len(number) - 1}
    return Refusal("fund.cited_decision_fits", "Number and words are too long together.", "decision", params)
