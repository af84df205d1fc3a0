"""Documents of a filing: added by the unit while it fills in its part, read by those who see the filing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.contracts.governance.unit_congresses.requests import MOST_DOCUMENTS
from services.contracts.governance.unit_congresses.vocabulary import UNITS_TURN, UNSHOWN_DOCUMENTS
from services.governance.unit_congresses.tables import FilingDocument, UnitFiling
from services.governance.unit_congresses.use_cases.reading import detail
from services.governance.unit_congresses.use_cases.store import of_unit, one_of, seen, subject_of

_PURPOSE = "document"
_NONE = "There is no such file, or it is no longer kept."


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may add a document now."""
    _require_room(tx, of_unit(tx, request["filing_id"], *UNITS_TURN, lock=False))


def attach_filing_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a document; the name it had is not kept."""
    filing = of_unit(tx, request["filing_id"], *UNITS_TURN)
    _require_room(tx, filing)
    file = store_examined(tx, request, request["kind"], subject=subject_of(filing.id), purpose=_PURPOSE)
    tx.session.add(FilingDocument(filing_id=filing.id, kind=request["kind"], file_id=file.id, added_at=tx.now))
    tx.session.flush()
    return detail(tx, filing)


def remove_filing_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a document."""
    filing = of_unit(tx, request["filing_id"], *UNITS_TURN)
    document = one_of(tx, FilingDocument, request["document_id"], filing, _NONE, "document_id")
    tx.session.delete(document)
    erase_stored(tx, document.file_id)
    tx.session.flush()
    return detail(tx, filing)


def open_filing_document(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a document to who sees the filing; members of the unit get none with people's names."""
    filing, held = seen(tx, request["filing_id"])
    document = one_of(tx, FilingDocument, request["document_id"], filing, _NONE, "document_id")
    if held == {"member"} and document.kind in UNSHOWN_DOCUMENTS:
        raise NotAllowed("This document has people's names.", rule="unit_congresses.names_are_for_offices")
    file = file_of(tx, document.file_id, subject=subject_of(filing.id))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def _require_room(tx: Transaction, filing: UnitFiling) -> None:
    count = sa.select(sa.func.count()).where(FilingDocument.filing_id == filing.id)
    refuse_first(attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_DOCUMENTS))
