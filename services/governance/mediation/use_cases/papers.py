"""Papers of a case: added by those who have a part in it, opened by the same, every look kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import file_of
from services.contracts.governance.mediation.requests import MOST_FILES
from services.governance.mediation import rules
from services.governance.mediation.tables import DisputeCase, DisputePaper
from services.governance.mediation.use_cases.reading import row
from services.governance.mediation.use_cases.store import case_of, subject_of

Request = Mapping[str, Any]
_PURPOSE = "paper"


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may add a paper now."""
    _require_attachable(tx, case_of(tx, request["dispute_id"], lock=False)[0])


def attach_dispute_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a paper; the name it had is not kept, because it may tell what it is about."""
    case, _ = case_of(tx, request["dispute_id"])
    _require_attachable(tx, case)
    file = store_examined(tx, request, request["kind"], subject=subject_of(case), purpose=_PURPOSE)
    tx.session.add(DisputePaper(dispute_id=case.id, kind=request["kind"], file_id=file.id, added_at=tx.now))
    tx.session.flush()
    return row(tx, case)


def open_dispute_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a paper, and keep that the caller looked."""
    case, held = case_of(tx, request["dispute_id"], lock=False)
    paper = tx.session.get(DisputePaper, request["paper_id"])
    if paper is None or paper.dispute_id != case.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    file = file_of(tx, paper.file_id, subject=subject_of(case))
    note_access(tx, subject_of(case), paper.kind, min(held))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def _require_attachable(tx: Transaction, case: DisputeCase) -> None:
    count = sa.select(sa.func.count()).where(DisputePaper.dispute_id == case.id)
    refuse_first(
        rules.case_is_open(case.closed_on is not None),
        attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_FILES),
    )
