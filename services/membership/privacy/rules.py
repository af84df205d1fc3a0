"""Rules of corrections and of erasing what is past its time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from uuid import UUID

from services.chassis.rules.refusal import Refusal


def correction_is_asked_once(asked: bool) -> Refusal | None:
    """One request for a field is under way at a time."""
    if not asked:
        return None
    return Refusal("privacy.correction_is_asked_once", "A request for this field is under way already.", "field")


def value_differs(value: object, present: object) -> Refusal | None:
    """What stands in the record already needs no correction."""
    if value != present:
        return None
    return Refusal("privacy.value_differs", "The record says so already.", "value")


def evidence_comes_once(names_document: bool, brings_file: bool) -> Refusal | None:
    """A request rests on a document of the record or on a new one, not on both."""
    if not (names_document and brings_file):
        return None
    return Refusal("privacy.evidence_comes_once", "Name a document or attach a new one, not both.", "evidence")


def correction_is_open(state: str) -> Refusal | None:
    """What was decided or taken back is not decided again."""
    if state == "asked":
        return None
    return Refusal("privacy.correction_is_open", "The request was decided already.", None, {"state": state})


def decider_is_another(decider: UUID | None, member: UUID) -> Refusal | None:
    """Officers do not decide about their own requests."""
    if decider != member:
        return None
    return Refusal("privacy.decider_is_another", "Nobody decides on a request of his own.", None)


def refusal_says_why(decision: str, answer: str | None) -> Refusal | None:
    """Who refuses a correction says why (个人信息保护法 Art. 50)."""
    if decision != "refuse" or answer:
        return None
    return Refusal("privacy.refusal_says_why", "Say why the request is refused.", "answer")


def kept_until(left_on: date, months: int) -> date:
    """Return the first day on which a class of data kept so many months after leaving is erased."""
    index = left_on.year * 12 + left_on.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(left_on.day, monthrange(year, month + 1)[1]))


def latest_departure(today: date, months: int) -> date:
    """Return the latest day of leaving whose data, kept so many months, are due today: `kept_until` turned round."""
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    # A month shorter than the one of leaving ends early: who left on the 31st is due on its last day.
    ends_month = today.day == monthrange(today.year, today.month)[1]
    return date(year, month + 1, last if ends_month else min(today.day, last))
