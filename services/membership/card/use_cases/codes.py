"""The signed codes of cards: making them, and reading them, also those on cards printed in the former way."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from services.chassis.security.codes import Code, NotGenuine, kind_of, opened, signed
from services.chassis.security.encryption import fingerprint
from services.membership.card import rules

KIND = "card"
_FORMER_SCOPE = "membership-card"


def token_of(member_id: UUID, edition: int, until: datetime) -> str:
    """Return the code of a member's card."""
    return signed(Code(KIND, member_id, edition, until))


def read(token: str) -> Code:
    """Return what the code of a card says.

    Raises:
        NotGenuine: it is no card's code, was altered, or another union issued it.
    """
    if kind_of(token) is not None:
        return opened(token, KIND)
    parts = rules.parts_of(token)
    if parts is None or not hmac.compare_digest(parts[1], _former_signature(parts[0])):
        raise NotGenuine(foreign=False)
    former = rules.unpacked(parts[0])
    return Code(KIND, former.member_id, former.serial, former.expires_at)


def _former_signature(payload: bytes) -> bytes:
    return bytes.fromhex(fingerprint(payload.hex(), _FORMER_SCOPE))[: rules.SIGNATURE]
