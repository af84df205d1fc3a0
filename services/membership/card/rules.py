"""How long a card's code is valid, and the form of codes on cards printed before codes said what they are for."""

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
    """会员卡验证码 of the former kind: whose card, in which edition, until when."""

    member_id: UUID
    serial: int
    expires_at: datetime


def unpacked(payload: bytes) -> Pass:
    """Return the pass that a payload holds."""
    member_id, serial, expires = _LAYOUT.unpack(payload)
    return Pass(UUID(bytes=member_id), serial, datetime.fromtimestamp(expires, UTC))


def parts_of(token: str) -> tuple[bytes, bytes] | None:
    """Return payload and signature of a token; None when it is none."""
    try:
        whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    payload, signature = whole[: _LAYOUT.size], whole[_LAYOUT.size :]
    if len(signature) != SIGNATURE or base64.urlsafe_b64encode(whole).rstrip(b"=").decode("ascii") != token:
        return None
    return payload, signature
