"""Documents of a session: added by officers, read by those they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.contracts.governance.congress.documents import MOST_DOCUMENTS
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import AgendaItem, CongressDocument, CongressSession
from services.governance.congress.use_cases.guests import guest_with
from services.governance.congress.use_cases.organs import is_of_presidium
from services.governance.congress.use_cases.session_store import (
    held_session_of,
    seats_at,
    seen_session_of,
    sees_drafts,
    session_of,
    tell,
)

_PURPOSE = "document"
_ROW = ("id", "item_id", "document", "audience", "added_at")


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless a document may be added now."""
    _require_room(tx, session_of(tx, request["session_id"]))


def attach_session_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a document under the name it was given; the file's own name is not kept."""
    session = held_session_of(tx, request["session_id"])
    _require_room(tx, session)
    if request["item_id"] is not None:
        item = tx.get(AgendaItem, request["item_id"], "There is no such item.", field="item_id")
        refuse_first(rules.item_is_of_session(item.session_id == session.id))
    file = store_examined(tx, request, request["document"], subject=_subject(session), purpose=_PURPOSE)
    given = {name: request[name] for name in ("item_id", "document", "audience")}
    made = CongressDocument(session_id=session.id, file_id=file.id, added_at=tx.now, **given)
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, _subject(session), {"document": (None, made.document)})
    tell(tx, session)
    return {name: getattr(made, name) for name in _ROW}


def remove_session_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a document of a session that is not closed."""
    session = held_session_of(tx, request["session_id"])
    one = _document_of(tx, session, request["document_id"])
    refuse_first(rules.session_is_not_over(session.state))
    note_change(tx, _subject(session), {"document": (one.document, None)})
    tx.session.delete(one)
    tx.session.flush()
    erase_stored(tx, one.file_id)
    tell(tx, session)
    return {}


def open_session_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a document to those it is for. Raises `NotFound` for all others."""
    session = seen_session_of(tx, request["session_id"])
    one = _document_of(tx, session, request["document_id"])
    if one.audience not in audiences_of(tx, session):
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    file = file_of(tx, one.file_id, subject=_subject(session))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def documents_for(tx: Transaction, session: CongressSession) -> list[dict[str, Any]]:
    """Return the documents that the caller may read, the oldest first."""
    found = sa.select(CongressDocument).where(
        CongressDocument.session_id == session.id, CongressDocument.audience.in_(audiences_of(tx, session))
    )
    rows = tx.session.scalars(found.order_by(CongressDocument.id))
    return [{name: getattr(one, name) for name in _ROW} for one in rows]


def all_documents(tx: Transaction, session: CongressSession) -> list[tuple[CongressDocument, bytes]]:
    """Return all documents with their content, the oldest first."""
    found = sa.select(CongressDocument).where(CongressDocument.session_id == session.id)
    rows = tx.session.scalars(found.order_by(CongressDocument.id)).all()
    return [(one, file_of(tx, one.file_id, subject=_subject(session)).content) for one in rows]


def audiences_of(tx: Transaction, session: CongressSession) -> set[str]:
    """Return the audiences that the caller is of."""
    member_id = tx.principal.member_id
    if sees_drafts(tx):
        return {"members", "delegates", "presidium"}
    if member_id is None:
        return set()
    found = {"members"}
    if seats_at(tx, session, member_id) or guest_with(tx, session, member_id) is not None:
        found.add("delegates")
    if is_of_presidium(tx, session, member_id):
        found.add("presidium")
    return found


def _document_of(tx: Transaction, session: CongressSession, document_id: UUID) -> CongressDocument:
    one = tx.session.get(CongressDocument, document_id)
    if one is None or one.session_id != session.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return one


def _require_room(tx: Transaction, session: CongressSession) -> None:
    count = sa.select(sa.func.count()).where(CongressDocument.session_id == session.id)
    refuse_first(
        rules.session_is_not_over(session.state),
        attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_DOCUMENTS),
    )


def _subject(session: CongressSession) -> str:
    return f"congress_session/{session.id}"
