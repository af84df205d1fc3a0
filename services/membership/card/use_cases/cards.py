"""Cards with new addresses, the public check of an address, and revoking earlier ones."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.encryption import fingerprint, mask_name
from services.chassis.security.principal import require_unit
from services.contracts.membership.card import CardsRevoked
from services.membership.card import rules
from services.membership.files.use_cases import files as attachments
from services.membership.record.use_cases import holders

_THUMBNAIL = 320


def my_card(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One's own card."""
    if tx.principal.member_id is None:
        raise NotAllowed("Only a member has a card.", rule="own_record")
    holder = holders.holder(tx, tx.principal.member_id)
    photo = attachments.photo_of(tx, f"member/{holder.id}")
    return _card(tx, holder, rules.ON_PAPER if request["paper"] else rules.ON_SCREEN, photo is not None)


def list_unit_cards(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cards of a unit to be printed, with small photos."""
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    nothing_else = dict.fromkeys(("q", "group_id", "employment"))
    return list_cards(tx, {**nothing_else, "with_total": False, **request})


def list_cards(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cards of a filtered list of active members to be printed, with small photos."""
    active = {**request, "standing": "active"}
    found = holders.of_list(tx, active, after=request["after"], limit=request["limit"] + 1)
    rows = found[: request["limit"]]
    photos = attachments.thumbnails(tx, [f"member/{row.id}" for row in rows], _THUMBNAIL)
    items = []
    for row in rows:
        photo = photos.get(f"member/{row.id}")
        items.append({**_card(tx, row, rules.ON_PAPER, photo is not None), "photo": photo})
    total = holders.count(tx, active) if request["with_total"] else None
    return {"items": items, "total": total, "next_after": rows[-1].number if len(found) > len(rows) else None}


def verify_card(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the membership of an address is in force; an invalid address gives no data."""
    parts = rules.parts_of(request["token"])
    if parts is None or not hmac.compare_digest(parts[1], _signature(parts[0])):
        raise _no_card()
    card = rules.unpacked(parts[0])
    holder = holders.find(tx, card.member_id)
    if holder is None or not rules.is_good(card, holder.card_serial, tx.now):
        raise _no_card()
    return {
        "valid": holders.stands(holder),
        "name": mask_name(holder.name),
        "unit_id": holder.unit_id,
        "checked_at": tx.now,
    }


def revoke_cards(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Revoke all earlier addresses."""
    holder = holders.holder(tx, request["member_id"])
    if tx.principal.member_id != holder.id:
        require_unit(tx.principal, holder.unit_id, also=("officer",))
    serial = holders.count_up(tx, holder.id)
    note_change(tx, f"member/{holder.id}", {"card_serial": (serial - 1, serial)}, request["reason"])
    tx.record(CardsRevoked(member_id=holder.id))
    return {"member_id": holder.id, "serial": serial}


def _card(tx: Transaction, holder: Any, lifetime: timedelta, has_photo: bool) -> dict[str, Any]:
    expires_at = tx.now.replace(microsecond=0) + lifetime
    return {
        **{name: getattr(holder, name) for name in ("number", "name", "unit_id", "standing", "joined_on")},
        "member_id": holder.id,
        "has_photo": has_photo,
        "token": _token(holder.id, holder.card_serial, expires_at),
        "expires_at": expires_at,
    }


def _token(member_id: UUID, serial: int, expires_at: datetime) -> str:
    payload = rules.packed(rules.Pass(member_id, serial, expires_at))
    return rules.token_of(payload, _signature(payload))


def _signature(payload: bytes) -> bytes:
    return bytes.fromhex(fingerprint(payload.hex(), "membership-card"))[: rules.SIGNATURE]


def _no_card() -> NotFound:
    return NotFound("This card can't be verified: incomplete, expired or revoked.", rule="card.is_genuine")
