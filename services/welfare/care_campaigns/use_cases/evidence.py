"""Photos and signed sheets of a campaign: attached, opened by few and logged, removed; and how a person is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import paper_of, photo_of, store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.chassis.input_errors import REQUIRED
from services.chassis.security.principal import Principal, require_member
from services.contracts.welfare.care_campaigns.requests import LONGEST_SIDE, MOST_PIECES
from services.welfare.care_campaigns import rules
from services.welfare.care_campaigns.tables import CareCampaign, CareEvidence, CareItem
from services.welfare.care_campaigns.use_cases.store import (
    evidence_of,
    item_of,
    item_rows,
    require_hand,
    require_sight,
    roles_on,
)

PHOTO = "photo"
_PURPOSE = "evidence"
_FREE_LOOK = "查看本人所办或本人收到的慰问凭证"
_PIECE = ("id", "kind", "media_type", "size", "people_shown", "recorded_at")

Request = Mapping[str, Any]


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may attach this file."""
    _require_attachable(tx, *item_of(tx, request["item_id"]), request)


def as_kept(request: Request) -> bytes:
    """Return the file of a request as it is kept, by its kind; see `services.chassis.files.attachments`."""
    return photo_of(request, longest_side=LONGEST_SIDE) if request["kind"] == PHOTO else paper_of(request)


def attach_care_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a photo or sheet; its name is not kept."""
    campaign, item = item_of(tx, request["item_id"], lock=True)
    _require_attachable(tx, campaign, item, request)
    kind = request["kind"]
    drawn = "image/jpeg" if kind == PHOTO else None
    file = store_examined(tx, request, kind, subject=_subject(item), purpose=_PURPOSE, media_type=drawn)
    tx.session.add(
        CareEvidence(
            item_id=item.id, kind=kind, file_id=file.id, media_type=file.media_type, size=file.size,
            people_shown=request["people_shown"] if kind == PHOTO else None, recorded_at=tx.now,
            recorded_by=tx.principal.account_id,
        )
    )  # fmt: skip
    item.version += 1
    tx.session.flush()
    return item_detail(tx, item)


def open_care_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a file and keep who looked, and for what."""
    _, item = item_of(tx, request["item_id"])
    require_sight(tx.principal, item)
    piece = _piece(tx, item, request)
    how = opens(tx.principal, item, piece)
    if how is None:
        raise NotAllowed("Few may open the files of a campaign.", rule="campaigns.evidence_is_for_few")
    if how == "for_purpose" and request["purpose"] is None:
        raise InvalidInput(errors={"purpose": [REQUIRED]})
    note_access(tx, _subject(item), "evidence", request["purpose"] or _FREE_LOOK)
    file = file_of(tx, piece.file_id, subject=_subject(item))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def remove_care_evidence(tx: Transaction, request: Request) -> dict[str, Any]:
    """Remove a file: who acts on it before something was given, the member visited a photo at any time."""
    _, item = item_of(tx, request["item_id"], lock=True)
    piece = _piece(tx, item, request)
    withdraws = tx.principal.member_id == item.member_id and piece.kind == PHOTO
    if not withdraws:
        require_hand(tx.principal, item)
        refuse_first(rules.evidence_can_be_removed(item.state))
    erase_stored(tx, piece.file_id)
    tx.session.delete(piece)
    item.version += 1
    tx.session.flush()
    return item_detail(tx, item)


def my_campaign_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List what the caller was given in campaigns, newest first; nothing is told before it was given."""
    member_id = require_member(tx.principal, "Only a member asks this.", rule="campaigns.caller_is_a_member")
    statement = sa.select(CareItem).where(CareItem.member_id == member_id, CareItem.state == "given")
    page = page_of(tx, statement, request, [(CareItem.id, "desc")])
    wanted = sa.select(CareCampaign).where(CareCampaign.id.in_({one.campaign_id for one in page.rows}))
    campaigns = {one.id: one for one in tx.session.scalars(wanted)}
    pieces = evidence_of(tx, [one.id for one in page.rows])
    names = ("id", "state", "given_on", "value", "signed_by", "note")
    return page.reply(
        [
            {
                **{name: getattr(one, name) for name in names},
                "campaign": campaigns[one.campaign_id].title,
                "kind": campaigns[one.campaign_id].kind,
                "form": campaigns[one.campaign_id].form,
                "evidence": [_told(tx.principal, one, piece) for piece in pieces.get(one.id, [])],
            }
            for one in page.rows
        ]
    )


def item_detail(tx: Transaction, item: CareItem, *, plain: bool = False) -> dict[str, Any]:
    """Return one person of a campaign; words only where they are not stored with a key, to those who act on it."""
    (row,) = item_rows(tx, [item])
    pieces = evidence_of(tx, [item.id]).get(item.id, [])
    words = plain and (bool(roles_on(tx.principal, item)) or tx.principal.has("auditor"))
    texts = {name: getattr(item, name) if words else None for name in ("signed_by", "note", "reason")}
    return {**row, **texts, "evidence": [_told(tx.principal, item, piece) for piece in pieces]}


def opens(principal: Principal, item: CareItem, piece: CareEvidence) -> str | None:
    """Return how somebody may open a file: `freely`, `for_purpose`, or None for not at all."""
    if principal.member_id is not None and principal.member_id == item.member_id:
        return "freely" if piece.kind == PHOTO else None
    made_it = principal.account_id is not None and principal.account_id == piece.recorded_by
    if made_it or (principal.member_id is not None and principal.member_id == item.visitor_id):
        return "freely"
    return "for_purpose" if principal.has("officer", "auditor") else None


def _told(principal: Principal, item: CareItem, piece: CareEvidence) -> dict[str, Any]:
    return {**{name: getattr(piece, name) for name in _PIECE}, "opens": opens(principal, item, piece)}


def _require_attachable(tx: Transaction, campaign: CareCampaign, item: CareItem, request: Request) -> None:
    require_hand(tx.principal, item)
    refuse_first(
        rules.evidence_can_be_added(campaign.state, item.state),
        rules.visitor_is_not_the_visited(tx.principal.member_id, item.member_id),
        rules.people_are_asked(request["kind"], request["people_shown"]),
        attachment_rules.files_are_few(len(evidence_of(tx, [item.id]).get(item.id, [])), MOST_PIECES),
    )


def _piece(tx: Transaction, item: CareItem, request: Request) -> CareEvidence:
    piece = tx.session.get(CareEvidence, request["evidence_id"])
    if piece is None or piece.item_id != item.id:
        raise NotFound("There is no such file.", field="evidence_id", rule="file_exists")
    return piece


def _subject(item: CareItem) -> str:
    return f"care_item/{item.id}"
