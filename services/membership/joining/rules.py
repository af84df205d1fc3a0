"""Rules of joining: one application at a time, what it needs, who may decide about it.

Whether the unit takes members is a rule of the organisation; who may be a member is one of the record.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.chassis.refusal import Refusal


def person_has_no_open_application(is_open: bool) -> Refusal | None:
    """One person has at most one application under way."""
    if not is_open:
        return None
    return Refusal(
        "joining.person_has_no_open_application", "An application of this person is under way already.", "id_number"
    )


def application_is_complete(missing: Collection[str]) -> Refusal | None:
    """Everything the unit and the union decide on is stated before it is submitted."""
    if not missing:
        return None
    fields = sorted(missing)
    return Refusal(
        "joining.application_is_complete", f"Still missing: {', '.join(fields)}.", fields[0], {"missing": fields}
    )


def reviewer_is_in_charge(
    unit_id: UUID | None, chaired: Collection[UUID], *, is_officer: bool, unit_has_chair: bool
) -> Refusal | None:
    """The chair of the unit applied to reviews; an officer only while that unit has no chair."""
    if unit_id in chaired or (is_officer and not unit_has_chair):
        return None
    detail = (
        "The unit has a chair, who reviews its applications." if is_officer else "The application is another unit's."
    )
    return Refusal("joining.reviewer_is_in_charge", detail)


def decider_is_not_applicant(applicant: UUID | None, decider: UUID | None) -> Refusal | None:
    """Nobody decides about his own application."""
    if applicant is None or applicant != decider:
        return None
    return Refusal("joining.decider_is_not_applicant", "Nobody decides about his own application.")
