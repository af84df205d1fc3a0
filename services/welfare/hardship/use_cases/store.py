"""Loading applications and records, moving applications on, and what is told of a step."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, PreconditionFailed, refuse_first
from services.chassis.security.principal import Principal, require_member, require_unit
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.welfare.hardship.events import AidApplicationMoved, PrivateMatterMoved
from services.welfare.hardship import rules
from services.welfare.hardship.tables import AidApplication, AidPaper, HardshipRecord
from services.welfare.hardship.workflow import AID, APPLICANT

Change = tuple[date | None, date | None]


def load(tx: Transaction, application_id: UUID, *, version: int | None = None, lock: bool = False) -> AidApplication:
    """Return an application.

    Raises:
        NotFound: there is none.
        PreconditionFailed: it was changed since the caller read it.
    """
    found = tx.get(AidApplication, application_id, "There is no such application.", field="application_id", lock=lock)
    if version is not None and version != found.version:
        raise PreconditionFailed("The application was changed since you looked.", params={"version": found.version})
    return found


def own(tx: Transaction, application_id: UUID, *, version: int | None = None, lock: bool = True) -> AidApplication:
    """Return the caller's own application. Raises `NotAllowed` for somebody else's."""
    member_id = own_member_id(tx.principal)
    found = load(tx, application_id, version=version, lock=lock)
    if found.member_id != member_id:
        raise NotAllowed("This is somebody else's application.", rule="hardship.application_is_ones_own")
    return found


def own_member_id(principal: Principal) -> UUID:
    """Return the caller's id as a member."""
    return require_member(principal, "Only a member can do this.", rule="hardship.caller_is_a_member")


def others(tx: Transaction, application_id: UUID, version: int | None) -> AidApplication:
    """Return an application that the caller, an officer or the unit's chair, may move on, locked.

    Raises:
        NotAllowed: it is another unit's, or a draft.
        Refused: it is the caller's own.
    """
    found = load(tx, application_id, version=version, lock=True)
    require_sight(tx.principal, found)
    refuse_first(rules.others_act_on_it(found.member_id, tx.principal.member_id))
    return found


def require_sight(principal: Principal, application: AidApplication) -> None:
    """Raise `NotAllowed` unless the application was handed in and is in sight: a chair's own unit."""
    if application.submitted_at is None:
        raise NotAllowed("A draft is seen by the applicant only.", rule="hardship.draft_is_private")
    require_unit(principal, application.unit_id)


def roles_on(principal: Principal, application: AidApplication) -> frozenset[str]:
    """Return the roles in which the caller moves this application."""
    roles = {"officer"} if principal.has("officer") else set()
    if application.unit_id in principal.units("chair"):
        roles.add("chair")
    if principal.member_id is not None and principal.member_id == application.member_id:
        return frozenset({APPLICANT})
    return frozenset(roles)


def move(tx: Transaction, application: AidApplication, action: str, *, by_system: bool = False, **days: Change) -> None:
    """Take an application on by an action, keep the step, and announce it; no reason, for history is not encrypted.

    Args:
        tx: the transaction.
        application: which one.
        action: of the workflow.
        by_system: whether the funds or an event move it, and no person.
        days: old and new values of columns that change with the state and that past statements tell.
    """
    roles = None if by_system else roles_on(tx.principal, application)
    state = AID.apply(application.state, action, roles=roles)
    note_change(tx, subject_of(application), {"state": (application.state, state), **days})
    application.state = state
    announce(tx, application)


def announce(tx: Transaction, application: AidApplication, *, payment_refused: bool = False) -> None:
    """Record the application's state for who acts on it, and, apart from it, that the member's matter moved on."""
    application.version += 1
    tx.record(
        AidApplicationMoved(
            application_id=application.id,
            unit_id=application.unit_id,
            state=application.state,
            payment_refused=payment_refused,
        )
    )
    if tx.principal.member_id != application.member_id and not payment_refused:
        tx.record_uncorrelated(PrivateMatterMoved(matter_id=application.matter_id, member_id=application.member_id))


def note_step(tx: Transaction, application: AidApplication, step: str) -> None:
    """Keep a step that leaves the state as it is."""
    note_change(tx, subject_of(application), {"step": (None, step)})


def subject_of(application: AidApplication) -> str:
    """Return the name an application's changes, looks and files are kept under."""
    return f"aid_application/{application.id}"


def papers_of(tx: Transaction, application: AidApplication) -> list[AidPaper]:
    """Return the papers of an application, oldest first."""
    statement = sa.select(AidPaper).where(AidPaper.application_id == application.id).order_by(AidPaper.id)
    return list(tx.session.scalars(statement))


def record_of(tx: Transaction, record_id: UUID, *, version: int | None = None, lock: bool = False) -> HardshipRecord:
    """Return a record of the registry. Raises as `load`."""
    found = tx.get(HardshipRecord, record_id, "There is no such record.", field="record_id", lock=lock)
    if version is not None and version != found.version:
        raise PreconditionFailed("The record was changed since you looked.", params={"version": found.version})
    return found


def record_subject(record: HardshipRecord) -> str:
    """Return the name a record's changes and looks are kept under."""
    return f"hardship_record/{record.id}"


def is_registered(tx: Transaction, member_id: UUID) -> bool:
    """Whether a member has an open record in the registry."""
    open_one = HardshipRecord.member_id == member_id, HardshipRecord.state == "open"
    return tx.session.scalar(sa.select(HardshipRecord.id).where(*open_one)) is not None


def shows_inside(principal: Principal) -> bool:
    """Whether the caller is an officer, who decides and so may open what is protected, for a purpose."""
    return principal.has("officer")


def shows_kind(principal: Principal) -> bool:
    """Whether the caller learns the kind of an application: an officer or auditor."""
    return sees_all_units(principal)
