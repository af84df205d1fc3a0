"""Erasing what requests say in words, when their time of keeping is over or a former member's data is erased."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.welfare.requests.tables import MemberRequest, RequestDocument, RequestEntry
from services.welfare.requests.use_cases.handling import forget_appointments
from services.welfare.requests.use_cases.store import subject_of


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase what a former member's requests say; that there were some, of which type and how they ended, stays."""
    erase(tx, tx.session.scalars(sa.select(MemberRequest).where(MemberRequest.member_id == member_id)).all())
    forget_appointments(tx, member_id)


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the names under which looks at a member's requests are kept."""
    ids = tx.session.scalars(sa.select(MemberRequest.id).where(MemberRequest.member_id == member_id))
    return [f"member_request/{one}" for one in ids]


def erase(tx: Transaction, requests: Sequence[MemberRequest]) -> None:
    """Erase text, notes, documents and logs of requests."""
    ids = [one.id for one in requests]
    if not ids:
        return
    for one in requests:
        one.text = one.forget_on = None
    erased = sa.update(RequestEntry).where(RequestEntry.request_id.in_(ids)).values(note=None)
    documents = sa.delete(RequestDocument).where(RequestDocument.request_id.in_(ids))
    for statement in (erased, documents):
        tx.session.execute(statement.execution_options(synchronize_session=False))
    subjects = [subject_of(one) for one in requests]
    erase_files(tx, subjects)
    erase_logs(tx, subjects)
