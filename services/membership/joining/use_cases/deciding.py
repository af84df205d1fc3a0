"""What the unit and the union decide: accept, return, reject, approve one or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, Problem, Refused, refuse_first
from services.chassis.files.storage import move_files
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.joining.operations import (
    ApplicationRejected,
    ApplicationReturned,
    ApplicationReviewed,
)
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.membership.consents.use_cases import wordings as consents
from services.membership.joining import rules
from services.membership.joining.tables import Application, ApplicationStep
from services.membership.joining.use_cases import files
from services.membership.joining.use_cases.applications import capacities, get_for_update, note_step, to_reply
from services.membership.joining.use_cases.applying import facts
from services.membership.joining.use_cases.terms import terms_of
from services.membership.joining.workflow import JOINING
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import admission, roster
from services.membership.versions import require_version

_ADMITTED = (
    "name", "gender", "birth_date", "id_number", "id_number_index", "phone", "email", "unit_id", "employment",
    "original_age", "hired_on", "account_id",
)  # fmt: skip


def review_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The unit's decision, by its chair or, while it has none, by an officer."""
    application = get_for_update(tx, request["application_id"])
    require_in_charge(tx, application.unit_id)
    if application.state == "unit_reviewed":
        # Later than the unit's turn: what an officer does then is not a review.
        raise _illegal(application)
    if request["documents_seen"]:
        application.documents_seen = True
    return _decide(tx, application, request["decision"], request, by="unit")


def require_in_charge(tx: Transaction, unit_id: UUID | None) -> None:
    """Raise `NotAllowed` unless the asker speaks for the unit: its chair, or an officer while it has none."""
    refusal = rules.reviewer_is_in_charge(
        unit_id,
        tx.principal.units("chair"),
        is_officer=tx.principal.has("officer"),
        unit_has_chair=unit_id is not None and bool(directory.chaired_units(tx, {unit_id})),
    )
    if refusal is not None:
        raise NotAllowed(refusal.detail, rule=refusal.rule)


def reject_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The union rejects what the unit accepted."""
    return _for_the_union(tx, "reject", request)


def return_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The union sends back what the unit accepted."""
    return _for_the_union(tx, "return", request)


def approve_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The union approves one application: a member with the next number."""
    directory.hold_organisation(tx)
    application = get_for_update(tx, request["application_id"])
    require_version(application, request["version"])
    if request["original_age"] is not None:
        application.original_age = request["original_age"]
        tx.session.flush()
    exception = request["exception"]
    outcome = _approve(tx, [application], request["joined_on"], exception)[application.id]
    if isinstance(outcome, Problem):
        raise outcome
    tx.session.refresh(application)
    return to_reply(tx, application)


def approve_applications(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The union approves many at once and answers for each."""
    items = list(approved(tx, request["application_ids"], request["joined_on"]).values())
    count = sum(item["outcome"] == "approved" for item in items)
    return {"items": items, "approved": count, "refused": len(items) - count}


def approved(tx: Transaction, application_ids: Sequence[UUID], joined_on: date | None) -> dict[UUID, dict[str, Any]]:
    """Approve what can be approved; return what became of each application, by id and in the order asked."""
    directory.hold_organisation(tx)
    asked = list(dict.fromkeys(application_ids))
    statement = sa.select(Application).where(Application.id.in_(asked)).order_by(Application.id).with_for_update()
    outcomes = _approve(tx, list(tx.session.scalars(statement)), joined_on)
    missing = NotFound("There is no such application.", rule="application_exists")
    return {one: _outcome(one, outcomes.get(one, missing)) for one in asked}


def _approve(
    tx: Transaction, applications: Sequence[Application], joined_on: date | None, exception: str | None = None
) -> dict[UUID, tuple[UUID, str] | Problem]:
    """Approve what can be approved, in the order submitted; statements don't grow with their number."""
    outcomes: dict[UUID, tuple[UUID, str] | Problem] = {}
    units = directory.units_by_id(tx, {one.unit_id for one in applications}, lock=True)
    admission.hold_series(tx)
    persons = {one.id_number_index for one in applications if one.id_number_index}
    taken, left = set(roster.standing_persons(tx, persons)), roster.days_left(tx, persons)
    day = joined_on or tx.today
    conditions = {one: terms_of(tx, one, tx.today) for one in {each.employment or "" for each in applications}}
    attached = files.kinds_of_each(tx, [one.id for one in applications])
    people: dict[UUID, dict[str, Any]] = {}
    for one in sorted(applications, key=lambda each: (each.submitted_at or tx.now, each.id)):
        person = {field: getattr(one, field) for field in _ADMITTED}
        person |= {"joined_on": day, "application_id": one.id}
        terms = conditions[one.employment or ""]
        needed = [
            rules.rules_are_in_force(terms.missing, exception),
            terms.refusal_of_documents(attached.get(one.id, ()), seen=bool(one.documents_seen)),
        ]
        problem = _why_not(
            tx, one, [*needed, *admission.refusals(person, units.get(person["unit_id"]), taken, tx.today, left)]
        )
        if problem is None:
            people[one.id] = person
            taken.add(person["id_number_index"])
        else:
            outcomes[one.id] = problem
    admitted = admission.admit(tx, list(people.values()), "application approved")
    made = dict(zip(people, admitted, strict=True))
    _close(tx, list(people), exception)
    _hand_over(tx, {one: member_id for one, (member_id, _) in made.items()})
    return outcomes | made


def _why_not(tx: Transaction, application: Application, refusals: Sequence[Refusal | None]) -> Problem | None:
    try:
        JOINING.apply(application.state, "approve", roles=capacities(tx.principal, application))
        refuse_first(rules.decider_is_not_applicant(application.account_id, tx.principal.account_id), *refusals)
    except Problem as problem:
        return problem
    return None


def _hand_over(tx: Transaction, members: Mapping[UUID, UUID]) -> None:
    """Give the records what came with their applications: consents, photo, documents."""
    consents.hand_over(tx, members)
    move_files(tx, {files.subject_of(one): f"member/{member_id}" for one, member_id in members.items()})


def _close(tx: Transaction, ids: Sequence[UUID], reason: str | None) -> None:
    """Mark as approved and forget what the records have taken over."""
    if not ids:
        return
    tx.session.execute(
        sa.update(Application)
        .where(Application.id.in_(ids))
        .values(state="approved", updated_at=tx.now, version=Application.version + 1, **dict.fromkeys(SENSITIVE_FIELDS))
        .execution_options(synchronize_session=False)
    )
    step = {"action": "approve", "state": "approved", "at": tx.now, "account_id": tx.principal.account_id}
    tx.session.execute(sa.insert(ApplicationStep), [{**step, "application_id": one, "reason": reason} for one in ids])


def _for_the_union(tx: Transaction, action: str, request: Mapping[str, Any]) -> dict[str, Any]:
    application = get_for_update(tx, request["application_id"])
    if application.state == "submitted":
        # It is the unit's turn; its review is another operation.
        raise _illegal(application)
    return _decide(tx, application, action, request, by="union")


def _decide(
    tx: Transaction, application: Application, action: str, request: Mapping[str, Any], by: str
) -> dict[str, Any]:
    refuse_first(rules.decider_is_not_applicant(application.account_id, tx.principal.account_id))
    application.state = JOINING.apply(application.state, action, roles=capacities(tx.principal, application))
    require_version(application, request["version"])
    application.origin = None
    note_step(tx, application, action, request["reason"])
    told = facts(application)
    if action == "accept":
        tx.record(ApplicationReviewed(**told))
    elif action == "return":
        tx.record(ApplicationReturned(**told))
    else:
        tx.record(ApplicationRejected(**told, by=by))
    return to_reply(tx, application)


def _illegal(application: Application) -> Refused:
    turn = "unit" if application.state == "submitted" else "union"
    return Refused(
        f"It is the {turn}'s turn to decide.",
        rule="workflow.joining",
        params={"state": application.state, "legal": list(JOINING.legal(application.state))},
    )


def _outcome(application_id: UUID, outcome: tuple[UUID, str] | Problem) -> dict[str, Any]:
    if isinstance(outcome, Problem):
        return {
            "application_id": application_id, "outcome": "refused", "rule": outcome.rule, "detail": outcome.detail
        }  # fmt: skip
    member_id, number = outcome
    return {"application_id": application_id, "outcome": "approved", "member_id": member_id, "number": number}
