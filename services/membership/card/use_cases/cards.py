"""Cards with new addresses, the public check of an address, and revoking earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.security.codes import NotGenuine
from services.chassis.security.encryption import mask_name
from services.chassis.security.principal import require_member, require_unit
from services.contracts.codes import TOLD_TO_ACCOUNTS
from services.contracts.membership.card import CardsRevoked
from services.membership.card import rules
from services.membership.card.use_cases import codes
from services.membership.files.use_cases import files as attachments
from services.membership.record.use_cases import holders

_THUMBNAIL = 320
_TELLING = frozenset({"good", "ended"})


def my_card(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One's own card."""
    holder = holders.holder(tx, require_member(tx.principal, "Only a member has a card."))
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
    reading = _reading(tx, request["token"])
    if reading["state"] not in _TELLING:
        raise NotFound("This card can't be verified: incomplete, expired or revoked.", rule="card.is_genuine")
    told = {name: reading[name] for name in ("name", "unit_id", "checked_at")}
    return {**told, "valid": reading["state"] == "good"}


def read_card(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """What the code of a card tells: a shortened name and the unit; to officers and the unit's chair, who it is."""
    reading = _reading(tx, request["token"])
    if reading["state"] in TOLD_TO_ACCOUNTS and tx.principal.kind != "account":
        return _nothing(tx, "unverifiable")
    return reading


def _reading(tx: Transaction, token: str) -> dict[str, Any]:
    try:
        code = codes.read(token)
    except NotGenuine as problem:
        return _nothing(tx, problem.state)
    holder = holders.find(tx, code.subject)
    if holder is None:
        return _nothing(tx, "revoked")
    standing = code.standing(holder.card_serial, tx.now)
    if standing != "good":
        return {**_nothing(tx, standing), "expires_at": code.until}
    known = _may_know(tx, holder)
    return {
        "state": "good" if holders.stands(holder) else "ended",
        "subject_id": holder.id if known else None,
        "name": holder.name if known else mask_name(holder.name),
        "number": holder.number if known else None,
        "unit_id": holder.unit_id,
        "expires_at": code.until,
        "checked_at": tx.now,
    }


def _nothing(tx: Transaction, state: str) -> dict[str, Any]:
    told = dict.fromkeys(("subject_id", "name", "number", "unit_id", "expires_at"))
    return {"state": state, **told, "checked_at": tx.now}


def _may_know(tx: Transaction, holder: Any) -> bool:
    """Whether the reader may open the holder's record: the holder, an officer, the chair of the unit."""
    principal = tx.principal
    own = principal.member_id == holder.id
    return own or principal.has("officer") or holder.unit_id in principal.units("chair")


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
        "token": codes.token_of(holder.id, holder.card_serial, expires_at),
        "expires_at": expires_at,
    }
