"""The rule of decisions that are cited. Pure."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def cited_decision_stands(stands: bool) -> Refusal | None:
    """A meeting's decision that is cited passed, and was neither voided nor replaced."""
    if stands:
        return None
    return Refusal("fund.cited_decision_stands", "The decision did not pass, or stands no more.", "decision_id")
