"""Rules of joining: one application at a time, what it needs, who may decide about it.

Whether the unit takes members is a rule of the organisation; who may be a member is one of the record.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.chassis.rules.refusal import Refusal


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
    """An applicant must not decide on the own application."""
    if applicant is None or applicant != decider:
        return None
    return Refusal("joining.decider_is_not_applicant", "Nobody decides about his own application.")


def employment_may_join(employment: str, may_join: bool | None) -> Refusal | None:
    """Everyone who lives mainly on wages may join, established or not (工会法 Art. 3); the rulebook lists the forms."""
    if may_join is not False:
        return None
    detail = "The rules in force do not let this form of employment join."
    return Refusal("joining.employment_may_join", detail, "employment", {"employment": employment})


def documents_are_attached(needed: Collection[str] | None, attached: Collection[str], *, seen: bool) -> Refusal | None:
    """Applicants who are not established attach the documents that the rulebook requires, or the unit has seen them."""
    missing = sorted(set(needed or ()) - set(attached))
    if seen or not missing:
        return None
    detail = f"Documents are missing: {', '.join(missing)}."
    return Refusal("joining.documents_are_attached", detail, "documents", {"missing": missing})


def rules_are_in_force(missing: Collection[str], exception: str | None) -> Refusal | None:
    """A rule that is missing blocks; an officer may make an exception by name and with a reason (domain rule)."""
    if not missing or exception:
        return None
    detail = f"{'; '.join(sorted(missing))}; an officer may make an exception and say why."
    return Refusal("joining.rules_are_in_force", detail, "exception", {"missing": sorted(missing)})


def unit_confirms_first(is_confirmed: bool, field: str | None = None) -> Refusal | None:
    """Strangers store no files: photo and papers are taken once the unit has looked at the application."""
    if is_confirmed:
        return None
    detail = "Photo and documents are taken once the unit has accepted the application, or returned it for them."
    return Refusal("joining.unit_confirms_first", detail, field)


def queue_has_room(waiting: int, most: int) -> Refusal | None:
    """A unit's queue takes no more than people could look at; the unit itself can still propose its newcomers."""
    if waiting < most:
        return None
    detail = "Too many applications wait for this unit already; ask the unit's chair to propose you with its newcomers."
    return Refusal("joining.queue_has_room", detail, "unit_id")


def origin_is_modest(waiting: int, most: int) -> Refusal | None:
    """One network, a hall of newcomers at most, has no more applications that nobody has looked at."""
    if waiting < most:
        return None
    detail = (
        f"{most} applications from your network wait already; ask the unit's chair to propose you with its newcomers, "
        "or apply from another network."
    )
    return Refusal("joining.origin_is_modest", detail, None, {"most": most})


def number_is_as_told(found: int, expected: int) -> Refusal | None:
    """What is done to many is done to as many as the asker was told."""
    if found == expected:
        return None
    detail = f"There are {found} of them now, not {expected}; look at the list again."
    return Refusal("joining.number_is_as_told", detail, "expected", {"found": found, "expected": expected})


def drafts_are_few(drafts: int, most: int) -> Refusal | None:
    """An account keeps a few drafts at most."""
    if drafts < most:
        return None
    detail = f"There are {most} drafts already; submit or withdraw one first."
    return Refusal("joining.drafts_are_few", detail, None, {"most": most})


def files_are_open(state: str) -> Refusal | None:
    """Files come and go until the union has decided."""
    if state in ("draft", "submitted", "returned", "unit_reviewed"):
        return None
    return Refusal("joining.files_are_open", "The application has been decided.", None, {"state": state})
