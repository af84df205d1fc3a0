"""Papers of a notice: added by clerk and employer, opened by those who have a part, every look kept."""

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
from services.contracts.governance.dismissals.requests import MOST_FILES
from services.governance.dismissals import rules
from services.governance.dismissals.tables import DismissalNotice, DismissalPaper
from services.governance.dismissals.use_cases.reading import row
from services.governance.dismissals.use_cases.store import notice_of, subject_of

Request = Mapping[str, Any]
_PURPOSE = "paper"
_ADDS = ("clerk", "employer")


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may add a paper now."""
    _require_attachable(tx, notice_of(tx, request["dismissal_id"], *_ADDS, lock=False)[0])


def attach_dismissal_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a paper; the name it had is not kept, because it may tell what it is about."""
    notice, _ = notice_of(tx, request["dismissal_id"], *_ADDS)
    _require_attachable(tx, notice)
    file = store_examined(tx, request, request["kind"], subject=subject_of(notice), purpose=_PURPOSE)
    tx.session.add(DismissalPaper(dismissal_id=notice.id, kind=request["kind"], file_id=file.id, added_at=tx.now))
    tx.session.flush()
    return row(tx, notice)


def open_dismissal_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a paper, and keep that the caller looked."""
    notice, held = notice_of(tx, request["dismissal_id"], lock=False)
    paper = tx.session.get(DismissalPaper, request["paper_id"])
    if paper is None or paper.dismissal_id != notice.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    file = file_of(tx, paper.file_id, subject=subject_of(notice))
    note_access(tx, subject_of(notice), paper.kind, min(held))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def _require_attachable(tx: Transaction, notice: DismissalNotice) -> None:
    count = sa.select(sa.func.count()).where(DismissalPaper.dismissal_id == notice.id)
    refuse_first(
        rules.notice_is_open(notice.closed_on is not None),
        attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_FILES),
    )
