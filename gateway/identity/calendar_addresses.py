"""The secret addresses of a person's calendars: signed, not stored, and replaced by counting their edition up.

A calendar program has no session, so who knows the address reads the calendar. An account has none until it opens them.
Belongs here: making, checking, replacing and closing addresses. Not: what a calendar holds.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.tables import Account, CalendarAddress, KnownMember
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.security.encryption import fingerprint

CALENDARS = ("own", "unit", "union")
_LAYOUT = struct.Struct(">16sBI")
_SIGNATURE = 18
"""Bytes of the signature: 144 bits."""


@dataclass(frozen=True)
class Subscriber:
    """Whose calendar an address opens, and which: `own`, `unit` or `union`."""

    calendar: str
    member_id: UUID | None
    unit_id: UUID | None
    language: str | None


def addresses_of(tx: Transaction, account_id: UUID) -> dict[str, str]:
    """Return the tokens of an account's calendars by name; none while they are closed.

    Who is no member has only the union's.
    """
    row = tx.session.execute(
        sa.select(CalendarAddress.edition, Account.member_id)
        .join(Account, Account.id == CalendarAddress.account_id)
        .where(CalendarAddress.account_id == account_id, CalendarAddress.open)
    ).one_or_none()
    if row is None:
        return {}
    offered = CALENDARS if row.member_id is not None else ("union",)
    return {name: _token(account_id, CALENDARS.index(name), row.edition) for name in offered}


def renew(tx: Transaction, account_id: UUID) -> None:
    """Open an account's calendars under new addresses; those of before open nothing any more."""
    _count_up(tx, account_id, is_open=True)


def close(tx: Transaction, account_id: UUID) -> None:
    """Close an account's calendars."""
    _count_up(tx, account_id, is_open=False)


def subscriber_of(tx: Transaction, token: str) -> Subscriber | None:
    """Return whose calendar a token opens; None when it was replaced or closed, or the account is closed.

    Raises:
        NotFound: it is none of ours.
    """
    account_id, place, edition = _read(token)
    row = tx.session.execute(
        sa.select(CalendarAddress, Account.member_id, Account.language, KnownMember.unit_id)
        .join(Account, Account.id == CalendarAddress.account_id)
        .outerjoin(KnownMember, KnownMember.member_id == Account.member_id)
        .where(CalendarAddress.account_id == account_id, Account.disabled_at.is_(None))
    ).one_or_none()
    if row is None or not row.CalendarAddress.open or row.CalendarAddress.edition != edition:
        return None
    return Subscriber(CALENDARS[place], row.member_id, row.unit_id, row.language)


def _count_up(tx: Transaction, account_id: UUID, *, is_open: bool) -> None:
    values = {"account_id": account_id, "edition": 1, "open": is_open, "renewed_at": tx.now}
    statement = upsert(tx.session, CalendarAddress).values(values)
    news = {"edition": CalendarAddress.edition + 1, "open": is_open, "renewed_at": tx.now}
    tx.session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=news))


def _token(account_id: UUID, place: int, edition: int) -> str:
    payload = _LAYOUT.pack(account_id.bytes, place, edition)
    return base64.urlsafe_b64encode(payload + _signature(payload)).decode("ascii")


def _read(token: str) -> tuple[UUID, int, int]:
    try:
        whole = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        whole = b""
    payload, signature = whole[: _LAYOUT.size], whole[_LAYOUT.size :]
    if len(payload) != _LAYOUT.size or not hmac.compare_digest(signature, _signature(payload)):
        raise NotFound("There is no such calendar.")
    account_id, place, edition = _LAYOUT.unpack(payload)
    return UUID(bytes=account_id), place, edition


def _signature(payload: bytes) -> bytes:
    return bytes.fromhex(fingerprint(payload.hex(), "calendar-address"))[:_SIGNATURE]
