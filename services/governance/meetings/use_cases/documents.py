"""Documents of a meeting: added by those who run it, read by those with a seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.contracts.governance.meetings.meetings import MOST_DOCUMENTS
from services.governance.meetings.tables import Meeting, MeetingDocument
from services.governance.meetings.use_cases.reading import detail, documents_of
from services.governance.meetings.use_cases.store import (
    item_of,
    managed,
    meeting_of,
    note,
    require_manager,
    require_sight,
    subject_of,
)

_PURPOSE = "document"


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may add a document now."""
    meeting = meeting_of(tx, request["meeting_id"])
    require_manager(tx, meeting)
    _require_room(tx, meeting)


def attach_meeting_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a document under the name it was given; the file's own name is not kept."""
    meeting = managed(tx, request["meeting_id"])
    _require_room(tx, meeting)
    if request["item_id"] is not None:
        item_of(tx, meeting, request["item_id"])
    file = store_examined(tx, request, request["document"], subject=subject_of(meeting.id), purpose=_PURPOSE)
    names = {name: request[name] for name in ("item_id", "document")}
    tx.session.add(MeetingDocument(meeting_id=meeting.id, file_id=file.id, added_at=tx.now, **names))
    tx.session.flush()
    note(tx, meeting, document=(None, request["document"]))
    return detail(tx, meeting)


def remove_meeting_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a document."""
    meeting = managed(tx, request["meeting_id"])
    document = _document(tx, meeting, request["document_id"])
    _erase(tx, [document])
    note(tx, meeting, document=(document.document, None))
    return detail(tx, meeting)


def open_meeting_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a document to who sees the meeting."""
    meeting = meeting_of(tx, request["meeting_id"])
    require_sight(tx, meeting)
    document = _document(tx, meeting, request["document_id"])
    file = file_of(tx, document.file_id, subject=subject_of(meeting.id))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def erase_documents_of(tx: Transaction, meeting: Meeting, item_id: UUID) -> None:
    """Remove the documents of an item that is taken off the agenda."""
    _erase(tx, [one for one in documents_of(tx, meeting.id) if one.item_id == item_id])


def _require_room(tx: Transaction, meeting: Meeting) -> None:
    refuse_first(attachment_rules.files_are_few(len(documents_of(tx, meeting.id)), MOST_DOCUMENTS))


def _document(tx: Transaction, meeting: Meeting, document_id: UUID) -> MeetingDocument:
    document = tx.session.get(MeetingDocument, document_id)
    if document is None or document.meeting_id != meeting.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return document


def _erase(tx: Transaction, documents: list[MeetingDocument]) -> None:
    if documents:
        ids = [one.id for one in documents]
        tx.session.execute(sa.delete(MeetingDocument).where(MeetingDocument.id.in_(ids)))
        erase_stored(tx, *(one.file_id for one in documents))
