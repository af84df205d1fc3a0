"""What an applicant does: apply, correct, submit again, withdraw. Deciding is in `deciding`, reading in `reading`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotSignedIn, refuse_first
from services.chassis.security.encryption import blind_index
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining.applications import HELD_BY_ID_NUMBER, NEEDED_TO_SUBMIT, ApplicantFields
from services.contracts.membership.joining.operations import ApplicationSubmitted, ApplicationWithdrawn
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.membership.consents.use_cases import wordings as consents
from services.membership.joining import rules
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import files, queue
from services.membership.joining.use_cases.applications import (
    capacities,
    erase_sensitive,
    get_for_update,
    is_confirmed,
    note_step,
    require_own,
    to_reply,
)
from services.membership.joining.use_cases.terms import terms_of
from services.membership.joining.workflow import APPLICANT, JOINING
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster
from services.membership.versions import require_version

_STATED = tuple(ApplicantFields().fields)
_PROCESSING = "processing"
# No vowels and no characters that look alike, because the code is copied by hand.
_CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
_CODE_LENGTH = 12
MOST_WAITING = 2000
"""Most applications that wait for one unit's first look: above any real intake, and some megabytes."""
MOST_FROM_A_PLACE = 300
"""Most applications and drafts of one network that nobody has looked at; a whole intake may share an address."""
MOST_DRAFTS = 3
"""Drafts of one account."""


def submit_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A new application, submitted or as a draft; the reply holds its receipt code."""
    draft = request["draft"]
    if draft and tx.principal.account_id is None:
        raise NotSignedIn("Sign in to save a draft.", rule="signed_in")
    stated = details.completed(details.in_written_form({field: request.get(field) for field in _STATED}))
    details.require_sound(stated, tx.today)
    agreed = consents.stated(request) or {}
    code = new_receipt_code()
    application = Application(
        **{**stated, "consent_version": agreed.get(_PROCESSING)},
        state="draft",
        account_id=tx.principal.account_id,
        id_number_index=_index(stated["id_number"]),
        receipt_hash=receipt_hash(code),
        origin=tx.context.origin,
        updated_at=tx.now,
    )
    waiting = queue.waiting_from(tx, application.origin, MOST_FROM_A_PLACE)
    refuse_first(rules.origin_is_modest(waiting, MOST_FROM_A_PLACE))
    if draft:
        tx.lock(f"drafts-{tx.principal.account_id}")
        refuse_first(rules.drafts_are_few(queue.drafts_of(tx, tx.principal.account_id), MOST_DRAFTS))
    else:
        _submit(tx, application, agreed)
    tx.session.add(application)
    tx.session.flush()
    consents.keep(tx, [application.id], agreed)
    note_step(tx, application, "save" if draft else "submit")
    if not draft:
        tx.record(ApplicationSubmitted(**facts(application)))
    return to_reply(tx, application, code)


def check_applicant(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Judge what an applicant states, every field at once; nothing is stored, and nothing is told of members.

    Raises:
        InvalidInput: names each field that breaks a rule.
    """
    stated = details.completed(details.in_written_form({name: request.get(name) for name in _STATED}))
    details.require_sound(stated, tx.today)
    return {name: stated[name] if stated.get("id_number") else None for name in HELD_BY_ID_NUMBER}


def update_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant corrects a draft or a returned application."""
    application = get_for_update(tx, request["application_id"])
    require_own(tx.principal, application)
    JOINING.apply(application.state, "correct", roles=capacities(tx.principal, application))
    require_version(application, request["version"])
    agreed = consents.stated(request)
    if agreed is not None:
        consents.keep(tx, [application.id], agreed)
        request = {**request, "consent_version": agreed.get(_PROCESSING)}
    given = details.completed(details.in_written_form({name: request[name] for name in _STATED if name in request}))
    changed = {field: value for field, value in given.items() if getattr(application, field) != value}
    if not changed:
        return to_reply(tx, application)
    details.require_sound({field: getattr(application, field) for field in _STATED} | changed, tx.today)
    if "id_number" in changed and application.state == "returned":
        _refuse_second(tx, _index(changed["id_number"]), application)
    told = {field: (_told(field, getattr(application, field)), _told(field, value)) for field, value in changed.items()}
    for field, value in changed.items():
        setattr(application, field, value)
    application.id_number_index = _index(application.id_number)
    note_change(tx, f"application/{application.id}", told)
    note_step(tx, application, "correct")
    return to_reply(tx, application)


def submit_draft(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant submits a draft, or a returned application again."""
    directory.hold_organisation(tx)
    application = get_for_update(tx, request["application_id"])
    require_own(tx.principal, application)
    submit_again(tx, application, request["version"])
    return to_reply(tx, application)


def submit_again(tx: Transaction, application: Application, version: int | None) -> None:
    """Submit a draft or what was returned, for its applicant; the caller holds the organisation and the application."""
    target = JOINING.apply(application.state, "submit", roles={APPLICANT})
    require_version(application, version)
    refuse_first(rules.application_is_complete([one for one in NEEDED_TO_SUBMIT if getattr(application, one) is None]))
    details.require_sound({field: getattr(application, field) for field in _STATED}, tx.today)
    agreed = {one["purpose"]: one["version"] for one in consents.given_with(tx, application.id)}
    _submit(tx, application, agreed)
    application.state = target
    note_step(tx, application, "submit")
    tx.record(ApplicationSubmitted(**facts(application)))


def withdraw_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant takes the application back; its sensitive fields are forgotten at once."""
    application = get_for_update(tx, request["application_id"])
    require_own(tx.principal, application)
    application.state = JOINING.apply(application.state, "withdraw", roles=capacities(tx.principal, application))
    require_version(application, request["version"])
    erase_sensitive(tx, application)
    note_step(tx, application, "withdraw", request["reason"])
    if application.submitted_at is not None:
        tx.record(ApplicationWithdrawn(**facts(application)))
    return to_reply(tx, application)


def facts(application: Application) -> dict[str, Any]:
    """Return what events tell of an application."""
    return {
        "application_id": application.id, "unit_id": application.unit_id, "account_id": application.account_id
    }  # fmt: skip


def new_receipt_code() -> str:
    """Return a code by which an applicant without account follows the application."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def receipt_hash(code: str) -> str:
    """Return what is stored of a receipt code."""
    return blind_index(code, scope="receipt")


def _submit(tx: Transaction, application: Application, agreed: Mapping[str, str]) -> None:
    consents.require_current(tx, agreed, NEEDED_TO_JOIN)
    conditions = terms_of(tx, application.employment or "", tx.today)
    refuse_first(conditions.refusal_to_join())
    if is_confirmed(tx, application.id):
        attached = files.kinds_attached(tx, application.id)
        seen = bool(application.documents_seen)
        refuse_first(conditions.refusal_of_documents(attached, seen=seen))
    else:
        refuse_first(rules.queue_has_room(queue.waiting_in(tx, application.unit_id, MOST_WAITING), MOST_WAITING))
    units = directory.units_by_id(tx, {application.unit_id}, lock=True)
    refuse_first(directory.refusal_to_take_members(next(iter(units.values()), None)))
    _refuse_second(tx, application.id_number_index, application)
    application.state = "submitted"
    application.submitted_at = tx.now


def _refuse_second(tx: Transaction, index: str | None, application: Application) -> None:
    """One person, one membership, one application; the lock makes two at once come one after the other."""
    if index is None:
        return
    tx.lock(f"person-{index}")
    refuse_first(
        roster.refusal_of_second_membership(tx, index),
        rules.person_has_no_open_application(queue.person_applies(tx, index, besides=application.id)),
    )


def _index(id_number: str | None) -> str | None:
    return None if id_number is None else details.index_of(id_number)


def _told(field: str, value: Any) -> Any:
    """Return a value as the history keeps it, which outlives what is forgotten at once: of a statement its length."""
    if field == "statement":
        return None if value is None else len(value)
    return details.masked(field, value) if field in SENSITIVE_FIELDS else value
