"""Documents of a request: handed in by the applicant, opened by those who handle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, Refused, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import file_of
from services.chassis.input_errors import REQUIRED
from services.contracts.welfare.requests.operations import MOST_FILES
from services.welfare.requests import rules
from services.welfare.requests.tables import MemberRequest, RequestDocument
from services.welfare.requests.use_cases.reading import row
from services.welfare.requests.use_cases.store import request_of, require_sight, subject_of
from services.welfare.requests.use_cases.types import type_of
from services.welfare.requests.workflow import APPLICANT, OPEN_STATES

_PURPOSE = "document"

Request = Mapping[str, Any]


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may hand in this document now."""
    _require_attachable(tx, request_of(tx, request["request_id"]), request)


def attach_request_document(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a document under the name the type asks for it by; the file's own name is not kept."""
    one = request_of(tx, request["request_id"], lock=True)
    _require_attachable(tx, one, request)
    file = store_examined(tx, request, request["document"], subject=subject_of(one), purpose=_PURPOSE)
    tx.session.add(RequestDocument(request_id=one.id, document=request["document"], file_id=file.id, added_at=tx.now))
    tx.session.flush()
    return row(one, type_of(tx, one.type_id).name, tx.today)


def open_request_document(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a document; that others than the applicant looked, and for what, is logged."""
    one = request_of(tx, request["request_id"])
    roles = require_sight(tx.principal, one)
    if not roles - {"auditor"}:
        raise NotAllowed("Auditors open no documents of requests.", rule="requests.are_for_few")
    document = tx.session.get(RequestDocument, request["document_id"])
    if document is None or document.request_id != one.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    file = file_of(tx, document.file_id, subject=subject_of(one))
    if APPLICANT not in roles:
        if request["purpose"] is None:
            raise InvalidInput(errors={"purpose": [REQUIRED]})
        note_access(tx, subject_of(one), document.document, request["purpose"])
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def _require_attachable(tx: Transaction, one: MemberRequest, request: Request) -> None:
    if APPLICANT not in require_sight(tx.principal, one):
        raise NotAllowed("Only the applicant hands in documents.", rule="requests.are_for_few")
    if one.state not in OPEN_STATES:
        raise Refused("The request has ended.", rule="requests.request_is_open")
    count = sa.select(sa.func.count()).where(RequestDocument.request_id == one.id)
    refuse_first(
        rules.document_is_asked(request["document"], [asked["name"] for asked in one.documents]),
        attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_FILES),
    )
