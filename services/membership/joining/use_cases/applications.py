"""What the steps of joining share: loading and locking, capacities of the asker, steps, replies."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal
from services.contracts.membership.joining.applications import ApplicationRow
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.membership.consents.use_cases import wordings as consents
from services.membership.joining.tables import Application, ApplicationStep
from services.membership.joining.use_cases import files, terms
from services.membership.joining.workflow import APPLICANT, JOINING
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster

ROW = tuple(ApplicationRow().fields)
_WHOLE = (*ROW, "birth_date", "original_age", "statement", "consent_version", "documents_seen", "account_id")
FORGOTTEN = (*SENSITIVE_FIELDS, "statement")
"""What of an application that led nowhere is kept no longer than needed; a statement may say anything."""
_REVIEW = ("accept", "return", "reject")


def get_for_update(tx: Transaction, application_id: UUID) -> Application:
    """Return an application that nobody else changes until the transaction ends."""
    return tx.get(Application, application_id, "There is no such application.", field="application_id", lock=True)


def capacities(principal: Principal, application: Application) -> frozenset[str]:
    """Return what the asker is to the application: applicant, chair of its unit, officer, auditor."""
    found = set(principal.roles & {"officer", "auditor"})
    if application.unit_id in principal.units("chair"):
        found.add("chair")
    if application.account_id is not None and application.account_id == principal.account_id:
        found.add(APPLICANT)
    return frozenset(found)


_BY_THE_UNIT = ApplicationStep.action.in_(("propose", "accept", "return"))


def is_confirmed(tx: Transaction, application_id: UUID | None) -> bool:
    """Whether the unit has looked at the application: proposed it, accepted it, or returned it to the applicant."""
    if application_id is None:
        return False
    found = sa.select(ApplicationStep.id).where(ApplicationStep.application_id == application_id, _BY_THE_UNIT)
    return tx.session.scalar(found.limit(1)) is not None


def unconfirmed() -> sa.ColumnElement[bool]:
    """Return the condition that an application waits for the unit's first look."""
    looked_at = sa.exists().where(ApplicationStep.application_id == Application.id, _BY_THE_UNIT)
    return sa.and_(Application.state == "submitted", Application.submitted_at.is_not(None), ~looked_at)


def require_own(principal: Principal, application: Application) -> None:
    """Raise `NotAllowed` unless the asker made the application."""
    if APPLICANT not in capacities(principal, application):
        raise NotAllowed("This is somebody else's application.", rule="own_application")


def note_step(tx: Transaction, application: Application, action: str, reason: str | None = None) -> None:
    """Store a step of the application and increase its version."""
    application.updated_at = tx.now
    application.version = (application.version or 0) + 1
    tx.session.add(
        ApplicationStep(
            application_id=application.id,
            action=action,
            state=application.state,
            at=tx.now,
            account_id=tx.principal.account_id,
            reason=reason,
        )
    )


def erase_sensitive(tx: Transaction, application: Application) -> None:
    """Erase what is no longer needed (个人信息保护法 Art. 19) of an application that has ended, with its files."""
    for field in (*FORGOTTEN, "origin"):
        setattr(application, field, None)
    files.forget(tx, [application.id])


def steps_of(tx: Transaction, application_id: UUID) -> list[ApplicationStep]:
    """Return the moves of an application, oldest first."""
    statement = sa.select(ApplicationStep).where(ApplicationStep.application_id == application_id)
    return list(tx.session.scalars(statement.order_by(ApplicationStep.id)))


def to_reply(tx: Transaction, application: Application, receipt_code: str | None = None) -> dict[str, Any]:
    """Return an application for the one who asks, sensitive fields masked."""
    tx.session.flush()
    seen = {field: getattr(application, field) for field in _WHOLE}
    seen |= {field: details.masked(field, getattr(application, field)) for field in SENSITIVE_FIELDS}
    joined = roster.member_of_application(tx, application.id) if application.state == "approved" else None
    return {
        **seen,
        "member_id": joined.id if joined else None,
        "number": joined.number if joined else None,
        "steps": steps_of(tx, application.id),
        "consents": consents.given_with(tx, application.id),
        "files": files.listed(tx, application.id),
        "confirmed": is_confirmed(tx, application.id),
        "terms": terms.to_reply(terms.terms_of(tx, application.employment, tx.today))
        if application.employment
        else None,
        "actions": _open_actions(tx, application),
        "receipt_code": receipt_code,
    }


def _open_actions(tx: Transaction, application: Application) -> list[str]:
    mine = capacities(tx.principal, application)
    if not mine:
        return []
    if APPLICANT in mine:
        # An applicant never decides on the own application, whatever other roles the account has.
        mine = frozenset({APPLICANT})
    legal: Collection[str] = JOINING.legal(application.state, mine)
    if application.state == "submitted" and "chair" not in mine and _has_chair(tx, application):
        legal = [action for action in legal if action not in _REVIEW]
    return list(legal)


def _has_chair(tx: Transaction, application: Application) -> bool:
    return application.unit_id is not None and bool(directory.chaired_units(tx, {application.unit_id}))
