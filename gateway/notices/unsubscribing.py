"""Addresses that end e-mail of one kind, or the daily digest, for one account without signing in: signed."""

from __future__ import annotations

import base64
import hmac
from binascii import Error as NotBase64
from uuid import UUID

import sqlalchemy as sa

from gateway.notices.tables import NoticePreference, NoticeSettings
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.process.settings import settings
from services.chassis.security.encryption import fingerprint

DIGEST = "digest"
"""Stands for a kind in the address of a digest, which has notices of all kinds: it ends all e-mail."""
_SIGNED = 16
"""Bytes of the signature."""
_ID = 16


def address_of(account_id: UUID, kind: str) -> str:
    """Return the address that ends e-mail of a kind for an account."""
    return f"{settings().public_url}/unsubscribe/{token_of(account_id, kind)}"


def token_of(account_id: UUID, kind: str) -> str:
    """Return the token of such an address."""
    signed = account_id.bytes + kind.encode()
    return base64.urlsafe_b64encode(_signature(signed) + signed).decode().rstrip("=")


def read_token(token: str) -> tuple[UUID, str]:
    """Return the account and kind of a token. Raises `NotFound` when it was not made here."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        signature, signed = raw[:_SIGNED], raw[_SIGNED:]
        account_id, kind = UUID(bytes=signed[:_ID]), signed[_ID:].decode()
    except (NotBase64, ValueError):
        raise NotFound("There is no such address.") from None
    if not hmac.compare_digest(signature, _signature(signed)):
        raise NotFound("There is no such address.")
    return account_id, kind


def unsubscribe(tx: Transaction, token: str) -> str:
    """End e-mail of the token's kind for its account; return the kind. Raises `NotFound`."""
    account_id, kind = read_token(token)
    # A form that was opened before must not undo it.
    mine = sa.update(NoticeSettings).where(NoticeSettings.account_id == account_id)
    tx.session.execute(mine.values(version=NoticeSettings.version + 1))
    if kind == DIGEST:
        tx.session.execute(mine.where(NoticeSettings.stopped_at.is_(None)).values(stopped_at=tx.now))
        return kind
    row = {"account_id": account_id, "kind": kind, "channel": "email", "wanted": False}
    statement = upsert(tx.session, NoticePreference).values(**row)
    key = ["account_id", "kind", "channel"]
    tx.session.execute(statement.on_conflict_do_update(index_elements=key, set_={"wanted": False}))
    return kind


def _signature(signed: bytes) -> bytes:
    return bytes.fromhex(fingerprint(signed.hex(), "unsubscribe"))[:_SIGNED]
