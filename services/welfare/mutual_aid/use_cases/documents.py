"""Documents and texts of a claim, sealed to the member and officers: attached, opened and logged, removed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.database.history import accesses_of, note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import examined, store_examined
from services.chassis.files.storage import StoredFile, erase_stored, file_of, files_of
from services.chassis.input_errors import REQUIRED
from services.contracts.welfare.mutual_aid.requests import MOST_DOCUMENTS
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Claim
from services.welfare.mutual_aid.use_cases.claim_store import (
    DOCUMENTS,
    claim_detail,
    claim_of,
    is_own,
    require_documents,
    require_sight,
    subject_of,
)
from services.welfare.visits.use_cases.answers import account_of

_OWN_LOOK = "查看本人的申领材料"

Request = Mapping[str, Any]


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may attach a document to the claim."""
    _require_attachable(tx, claim_of(tx, request["claim_id"]))


def attach_claim_document(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a document, once however often it is sent; its name, which may tell what happened, is not kept."""
    claim = claim_of(tx, request["claim_id"], lock=True)
    _require_attachable(tx, claim)
    digest = hashlib.sha256(examined(request)).hexdigest()
    if digest not in {file.sha256 for file in files_of(tx, subject_of(claim), purpose=DOCUMENTS)}:
        store_examined(tx, request, request["kind"], subject=subject_of(claim), purpose=DOCUMENTS)
    return claim_detail(tx, claim)


def unmask_mutual_aid_claim(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return what is written in a claim, and keep who looked, and for what."""
    claim = claim_of(tx, request["claim_id"])
    require_documents(tx.principal, claim)
    note_access(tx, subject_of(claim), request["field"], request["purpose"])
    return {"field": request["field"], "value": getattr(claim, request["field"])}


def open_claim_document(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a document and keep who looked, and for what."""
    claim = claim_of(tx, request["claim_id"])
    file = _document(tx, claim, request["document_id"])
    if not is_own(tx.principal, claim) and request["purpose"] is None:
        raise InvalidInput(errors={"purpose": [REQUIRED]})
    note_access(tx, subject_of(claim), "documents", request["purpose"] or _OWN_LOOK)
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def remove_claim_document(tx: Transaction, request: Request) -> dict[str, Any]:
    """Remove a document before the claim is sent on."""
    claim = claim_of(tx, request["claim_id"], lock=True)
    file = _document(tx, claim, request["document_id"])
    refuse_first(rules.claim_is_not_sent_on(claim.state))
    erase_stored(tx, file.id)
    return claim_detail(tx, claim)


def list_claim_accesses(tx: Transaction, request: Request) -> dict[str, Any]:
    """List who looked at the documents of a claim; members see those of their own."""
    claim = claim_of(tx, request["claim_id"])
    require_sight(tx.principal, claim)
    if not is_own(tx.principal, claim) and not tx.principal.has("officer", "auditor"):
        raise NotAllowed("This is another member's claim.", rule="mutual_aid.claim_is_ones_own")
    page = accesses_of(tx, subject_of(claim), cursor=request["cursor"], limit=request["limit"])
    return page.reply(
        [{"at": look.seen_at, "account_id": account_of(look.seen_by), "purpose": look.purpose} for look in page.rows]
    )


def _require_attachable(tx: Transaction, claim: Claim) -> None:
    require_documents(tx.principal, claim)
    kept = len(files_of(tx, subject_of(claim), purpose=DOCUMENTS))
    refuse_first(rules.claim_is_not_sent_on(claim.state), attachment_rules.files_are_few(kept, MOST_DOCUMENTS))


def _document(tx: Transaction, claim: Claim, document_id: UUID) -> StoredFile:
    require_documents(tx.principal, claim)
    return file_of(tx, document_id, subject=subject_of(claim))
