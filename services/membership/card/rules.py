"""The content of a card's address, and when an address is valid. The use cases sign it."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

ON_SCREEN = timedelta(minutes=15)
ON_PAPER = timedelta(days=3 * 366)
_LAYOUT = struct.Struct(">16sHI")
SIGNATURE = 12
"""Bytes of the signature: 96 bits, far more than anybody can try at the rate that is let through."""


@dataclass(frozen=True)
class Pass:
    """会员卡验证码: whose card, in which edition, until when."""

    member_id: UUID
    serial: int
    expires_at: datetime


def packed(card: Pass) -> bytes:
    """Return a pass as bytes, to the second."""
    return _LAYOUT.pack(card.member_id.bytes, card.serial % 65_536, int(card.expires_at.timestamp()))


def unpacked(payload: bytes) -> Pass:
    """Return the pass that `packed` made bytes of."""
    member_id, serial, expires = _LAYOUT.unpack(payload)
    return Pass(UUID(bytes=member_id), serial, datetime.fromtimestamp(expires, UTC))


def token_of(payload: bytes, signature: bytes) -> str:
    """Return the text that stands in the address."""
    return base64.urlsafe_b64encode(payload + signature).rstrip(b"=").decode("ascii")


def parts_of(token: str) -> tuple[bytes, bytes] | None:
    """Return payload and signature of a token; None when it is none."""
    try:
        whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    payload, signature = whole[: _LAYOUT.size], whole[_LAYOUT.size :]
    if len(signature) != SIGNATURE or token_of(payload, signature) != token:
        return None
    return payload, signature


def is_good(card: Pass, serial: int, now: datetime) -> bool:
    """A pass is good until its end, and only in the edition that was not revoked."""
    return card.serial == serial % 65_536 and now < card.expires_at
