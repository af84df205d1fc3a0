"""The files of a purchase: attached by the one way of all uploads, opened by right, removed until the payment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, refuse_first
from services.chassis.files.attachments import examined, paper_of, photo_of
from services.chassis.files.storage import erase_stored, file_of, store_file
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.welfare.procurement.requests import MOST_PAPERS
from services.contracts.welfare.procurement.vocabulary import CHAIRS_PAPERS
from services.welfare.procurement import delivery_rules as rules
from services.welfare.procurement.tables import Paper, Purchase
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import load_purchase, note_step, papers_of, subject_of


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may attach a file of this kind now."""
    _require_attachable(tx, load_purchase(tx, request["purchase_id"]), request["kind"])


def as_kept(request: Mapping[str, Any]) -> bytes:
    """Return the file of a request as it is kept: a photo of goods drawn anew, a paper with every pixel."""
    return photo_of(request) if _is_photo(request) else paper_of(request)


def attach_purchase_paper(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Attach a file to a purchase."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    _require_attachable(tx, purchase, request["kind"])
    upload = {**request, "media_type": "image/jpeg"} if _is_photo(request) else request
    keep_file(tx, purchase, request["kind"], upload, request["about_id"])
    note_step(tx, purchase, "paper_added")
    return detail(tx, purchase)


def open_purchase_paper(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a file: to officers and auditors any, to the unit's chair those of deliveries."""
    purchase = load_purchase(tx, request["purchase_id"])
    paper = _paper(tx, purchase, request["paper_id"])
    _require_kind(paper.kind, sees_all_units(tx.principal))
    file = file_of(tx, paper.file_id, subject=subject_of(purchase))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def remove_purchase_paper(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a file before the payment is requested."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    refuse_first(rules.papers_can_be_removed(purchase.state))
    paper = _paper(tx, purchase, request["paper_id"])
    _erase(tx, [paper])
    note_step(tx, purchase, "paper_removed", request["reason"])
    return detail(tx, purchase)


def keep_file(
    tx: Transaction, purchase: Purchase, kind: str, upload: dict[str, Any], about_id: UUID | None = None
) -> None:
    """Store an examined file as a paper of a purchase."""
    refuse_first(rules.papers_are_few(len(papers_of(tx, purchase.id)), MOST_PAPERS))
    file = store_file(
        tx, name=upload["name"], media_type=upload["media_type"], content=examined(upload),
        subject=subject_of(purchase), purpose=kind,
    )  # fmt: skip
    tx.session.add(
        Paper(
            purchase_id=purchase.id, kind=kind, about_id=about_id, file_id=file.id, name=file.name,
            media_type=file.media_type, size=file.size, added_at=tx.now,
        )
    )  # fmt: skip
    tx.session.flush()


def remove_files_about(tx: Transaction, purchase: Purchase, about_id: UUID) -> None:
    """Remove the files of a part of a purchase that is withdrawn."""
    _erase(tx, [one for one in papers_of(tx, purchase.id) if one.about_id == about_id])


def _require_attachable(tx: Transaction, purchase: Purchase, kind: str) -> None:
    _require_kind(kind, tx.principal.has("officer"))
    refuse_first(rules.papers_are_few(len(papers_of(tx, purchase.id)), MOST_PAPERS))


def _require_kind(kind: str, of_office: bool) -> None:
    if not of_office and kind not in CHAIRS_PAPERS:
        raise NotAllowed("Files of this kind are for the office.", rule="procurement.paper_is_of_the_office")


def _is_photo(request: Mapping[str, Any]) -> bool:
    return bool(request["kind"] == "acceptance" and request["media_type"] != "application/pdf")


def _paper(tx: Transaction, purchase: Purchase, paper_id: UUID) -> Paper:
    paper = tx.session.get(Paper, paper_id)
    if paper is None or paper.purchase_id != purchase.id:
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return paper


def _erase(tx: Transaction, papers: list[Paper]) -> None:
    if papers:
        tx.session.execute(sa.delete(Paper).where(Paper.id.in_([one.id for one in papers])))
        erase_stored(tx, *(one.file_id for one in papers))
