"""Rules of decisions that were recorded. Pure."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def is_standing(state: str) -> Refusal | None:
    """Only a decision that stands is voided."""
    return None if state == "standing" else Refusal("meetings.decision_stands", "This decision does not stand.")


def minutes_are_not_approved(minutes_state: str) -> Refusal | None:
    """Once the minutes are approved, a decision changes by another decision only."""
    if minutes_state != "approved":
        return None
    return Refusal("meetings.minutes_are_not_approved", "The minutes are approved; decide anew.")


def void_is_not_published(state: str, published: bool) -> Refusal | None:
    """A voided decision is not shown to members."""
    if state == "voided" and published:
        return Refusal("meetings.void_is_not_published", "This decision was voided.")
    return None
