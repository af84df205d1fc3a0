"""Evidence of a visit: words, photos and papers; added, opened for a purpose, removed with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, Refused, refuse_first
from services.chassis.files import attachment_rules, pictures
from services.chassis.files.attachments import paper_of, photo_of, store_examined
from services.chassis.files.storage import StoredFile, erase_files, erase_stored, file_of
from services.chassis.input_errors import REQUIRED
from services.contracts.welfare.visits.files import LONGEST_SIDE, MOST_EVIDENCE_FILES
from services.welfare.visits import rules
from services.welfare.visits.tables import RemovedEvidence, Visit, VisitEvidence
from services.welfare.visits.use_cases import claims
from services.welfare.visits.use_cases.access import PHOTO, may_remove, opens, require_hand, require_sight
from services.welfare.visits.use_cases.answers import visit_answer
from services.welfare.visits.use_cases.store import (
    add_evidence,
    evidence_of,
    life_event_subject,
    load_visit,
    note_step,
    occasion_of,
    subject_of,
    visit_type_of,
)
from services.welfare.visits.workflow import EVIDENCE_STATES

THUMBNAIL_SIDE = 320
_PURPOSE = "evidence"
"""What the files of a visit are stored for; the kind stands with the piece."""
_FREE_LOOK = "查看本人所办或本人被看望的凭证"

Request = Mapping[str, Any]


def add_visit_evidence(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep one more piece of evidence in words; late ones may close the visit."""
    visit = load_visit(tx, request["visit_id"], to_change=True)
    _require_open(tx, visit)
    add_evidence(tx, visit, [request], late=visit.completed_at is not None)
    return _added(tx, visit)


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may attach this file to the visit."""
    _require_attachable(tx, load_visit(tx, request["visit_id"]), request)


def as_kept(request: Request) -> bytes:
    """Return the file of a request as it is kept, by its kind; see `services.chassis.files.attachments`."""
    return photo_of(request, longest_side=LONGEST_SIDE) if request["kind"] == PHOTO else paper_of(request)


def attach_visit_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a photo or a paper; its name, which may tell of whom and why, is not kept."""
    visit = load_visit(tx, request["visit_id"], to_change=True)
    _require_attachable(tx, visit, request)
    kind = request["kind"]
    drawn = "image/jpeg" if kind == PHOTO else None
    file = store_examined(tx, request, kind, subject=subject_of(visit), purpose=_PURPOSE, media_type=drawn)
    shown = request["people_shown"] if kind == PHOTO else None
    piece = {"kind": kind, "text": request["caption"] or "", "file_id": file.id, "people_shown": shown}
    add_evidence(tx, visit, [piece], late=visit.completed_at is not None)
    return _added(tx, visit)


def unmask_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Show what a piece of evidence says and keep who looked, and for what."""
    visit = load_visit(tx, request["visit_id"])
    piece = _piece(tx, visit, request)
    note_access(tx, life_event_subject(visit.life_event_id), "evidence", request["purpose"])
    return {"field": "evidence", "value": piece.text}


def open_evidence_file(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return the file of a piece of evidence and keep who looked, and for what."""
    visit = load_visit(tx, request["visit_id"])
    _, file, how = _opened(tx, visit, request)
    if how == "for_purpose" and request["purpose"] is None:
        raise InvalidInput(errors={"purpose": [REQUIRED]})
    note_access(tx, life_event_subject(visit.life_event_id), "evidence", request["purpose"] or _FREE_LOOK)
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def evidence_thumbnail(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a photo, small, to those who may open it freely; seeing it in the list is no further look.

    Photos only: they were drawn anew when they came, while a paper is as foreign as it was sent.
    """
    visit = load_visit(tx, request["visit_id"])
    piece, file, how = _opened(tx, visit, request)
    if how != "freely":
        raise NotAllowed(
            "State the purpose to see this photo.", rule="visits.evidence_is_opened_for_a_purpose", field="purpose"
        )
    if piece.kind != PHOTO:
        raise NotFound("Only a photo has a small picture.", rule="file_exists")
    return {"name": file.name, "media_type": file.media_type, "content": pictures.small(file.content, THUMBNAIL_SIDE)}


def remove_visit_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Remove a file with its piece of evidence, keeping when and why.

    Where the member visited withdraws the consent to a photo, only the picture goes: that there was one still counts.
    """
    visit = load_visit(tx, request["visit_id"], to_change=True)
    piece = _piece(tx, visit, request)
    if not may_remove(tx.principal, visit, piece):
        require_hand(tx.principal, visit)
        raise NotFound("This piece of evidence has no file.", field="evidence_id")
    withdraws = tx.principal.member_id == visit.member_id
    if not withdraws:
        left = [other for other in evidence_of(tx, visit) if other.id != piece.id]
        refuse_first(rules.evidence_can_be_removed(visit.state, _missing_of(tx, visit, left)))
    _erase_file(tx, piece)
    if not withdraws:
        tx.session.delete(piece)
    tx.session.add(
        RemovedEvidence(
            visit_id=visit.id, kind=piece.kind, reason=request["reason"], recorded_at=piece.recorded_at,
            removed_at=tx.now, removed_by=tx.principal.account_id,
        )
    )  # fmt: skip
    note_step(tx, visit, "evidence_removed")
    return _saved(tx, visit)


def _erase_file(tx: Transaction, piece: VisitEvidence) -> None:
    erase_stored(tx, piece.file_id)
    piece.file_id, piece.people_shown, piece.text = None, None, ""


def erase_files_of(tx: Transaction, visit: Visit) -> None:
    """Erase the photos and papers of a visit that will not be made: nothing rests on them (个人信息保护法 Art. 47)."""
    filed = (VisitEvidence.visit_id == visit.id, VisitEvidence.file_id.is_not(None))
    tx.session.execute(sa.delete(VisitEvidence).where(*filed))
    erase_files(tx, subject_of(visit), purpose=_PURPOSE)


def my_visit_evidence(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the evidence of visits to the caller, newest first."""
    statement = (
        sa.select(VisitEvidence, Visit)
        .join(Visit, Visit.id == VisitEvidence.visit_id)
        .where(Visit.member_id == tx.principal.member_id)
    )
    page = page_of(tx, statement, request, [(VisitEvidence.id, "desc")])
    names = ("id", "visit_id", "kind", "has_file", "people_shown", "recorded_at")
    return page.reply(
        [
            {**{name: getattr(piece, name) for name in names}, "opens": opens(tx.principal, visit, piece) is not None}
            for piece, visit in page.rows
        ]
    )


def _require_open(tx: Transaction, visit: Visit) -> None:
    """Raise unless the caller may add evidence to the visit now."""
    require_hand(tx.principal, visit)
    refuse_first(rules.visitor_is_not_the_visited(tx.principal.member_id, visit.member_id))
    if visit.state not in EVIDENCE_STATES:
        raise Refused(f"A visit that is {visit.state} takes no more evidence.", rule="visits.evidence_can_be_added")


def _require_attachable(tx: Transaction, visit: Visit, request: Request) -> None:
    _require_open(tx, visit)
    files = sum(piece.has_file for piece in evidence_of(tx, visit))
    refuse_first(
        rules.people_are_asked(request["kind"], request["people_shown"]),
        attachment_rules.files_are_few(files, MOST_EVIDENCE_FILES),
    )


def _added(tx: Transaction, visit: Visit) -> dict[str, Any]:
    note_step(tx, visit, "late_evidence" if visit.completed_at is not None else "evidence")
    claims.close_if_complete(tx, visit, visit_type_of(tx, visit))
    return _saved(tx, visit)


def _missing_of(tx: Transaction, visit: Visit, left: list[VisitEvidence]) -> Any:
    """Return what a visit that was made lacks with this evidence alone."""
    given = {piece.kind for piece in left}
    return rules.evidence_is_given(occasion_of(visit_type_of(tx, visit)), given, visit.amount or claims.NOTHING)


def _piece(tx: Transaction, visit: Visit, request: Request) -> VisitEvidence:
    piece = tx.session.get(VisitEvidence, request["evidence_id"])
    if piece is None or piece.visit_id != visit.id:
        raise NotFound("This visit has no such evidence.", field="evidence_id")
    return piece


def _opened(tx: Transaction, visit: Visit, request: Request) -> tuple[VisitEvidence, StoredFile, str]:
    """Return a piece of evidence, its file, and how the caller may open it.

    Raises:
        NotAllowed: the caller may not open it.
        NotFound: there is none.
    """
    require_sight(tx.principal, visit)
    piece = _piece(tx, visit, request)
    how = opens(tx.principal, visit, piece)
    if how is None and piece.has_file:
        raise NotAllowed("Few may open the files of a visit.", rule="visits.evidence_is_for_few")
    if how is None or piece.file_id is None:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return piece, file_of(tx, piece.file_id, subject=subject_of(visit)), how


def _saved(tx: Transaction, visit: Visit) -> dict[str, Any]:
    tx.session.flush()
    return visit_answer(tx, visit)
