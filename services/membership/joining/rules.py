"""Rules of joining: who may apply, what an application needs, who may decide about it, when membership begins."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.chassis.refusal import Refusal


def unit_takes_members(kind: str | None, active: bool) -> Refusal | None:
    """Members belong to a 分工会 that is open; not to the union itself, a group or a committee."""
    if kind == "unit" and active:
        return None
    return Refusal("joining.unit_takes_members", "One can only join an existing, open unit.", "unit_id")


def person_is_no_member(stands: bool) -> Refusal | None:
    """One person has at most one membership that stands (domain rule of the union)."""
    if not stands:
        return None
    return Refusal("joining.person_is_no_member", "This person is a member already.", "id_number")


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


def joined_on_is_possible(joined_on: date, hired_on: date | None, today: date) -> Refusal | None:
    """Membership begins with or after employment (工会法 Art. 3), and not ahead of its approval."""
    if joined_on > today:
        return Refusal("joining.joined_on_is_possible", "Membership can't begin in the future.", "joined_on")
    if hired_on is not None and joined_on < hired_on:
        return Refusal("joining.joined_on_is_possible", "Membership can't begin before employment.", "joined_on")
    return None
