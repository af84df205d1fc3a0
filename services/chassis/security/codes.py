"""Signed codes: what stands in a QR code that somebody shows and somebody else scans.

A code says what it is for (its kind), of what (the id of its subject), in which edition, until when and who issued it,
and holds nothing else. It is signed with a key that is derived for its kind, so that no code can be made into one of
another kind. The service that issues a kind checks it; anybody can read what a code says of itself.

    card.AAAAAAGQ…       kind, a full stop, then base64url of: issuer (4 bytes), subject (16), edition (2), end (4),
                         signature (12)
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.chassis.process.settings import settings

KIND = r"[a-z][a-z0-9_]{1,19}"
TOKEN = re.compile(rf"\A({KIND})\.([A-Za-z0-9_-]{{51}})\Z")
"""The form of a code."""
SIGNATURE = 12
"""Bytes of the signature: 96 bits, far more than anybody can try at the rate that is let through."""
EDITIONS = 65_536
"""An edition is counted in two bytes; the one after the last is 0 again."""

_ISSUER = 4
_LAYOUT = struct.Struct(f">{_ISSUER}s16sHI")
_SIGNING, _NAMING = b"gonghui code ", b"gonghui issuer of codes"

Standing = Literal["good", "expired", "revoked"]


@dataclass(frozen=True)
class Code:
    """What a code says.

    Args:
        kind: what it is for, such as "card"; letters, digits and `_`, 2 to 20.
        subject: id of what it is of.
        edition: counted up to end all codes given out before.
        until: the end, to the second.
    """

    kind: str
    subject: UUID
    edition: int
    until: datetime

    def standing(self, edition: int, now: datetime) -> Standing:
        """Return whether it is good at `now`, when `edition` is the one in force."""
        if self.edition != edition % EDITIONS:
            return "revoked"
        return "good" if now < self.until else "expired"


class NotGenuine(ValueError):
    """A text is no code that was issued here.

    Args:
        foreign: whether somebody else issued it, another union or another system; otherwise it was altered or is
            incomplete.
    """

    def __init__(self, *, foreign: bool) -> None:
        super().__init__("issued elsewhere" if foreign else "altered or incomplete")
        self.foreign = foreign

    @property
    def state(self) -> str:
        """The word for it in what a code tells: `foreign` or `altered`."""
        return "foreign" if self.foreign else "altered"


def kind_of(token: str) -> str | None:
    """Return what a code says it is for, unchecked; None for a text that has not the form of a code."""
    found = TOKEN.match(token)
    return found[1] if found else None


def subject_of(token: str) -> UUID | None:
    """Return of what a code says it is, unchecked: for who has asked its issuer whether it is good.

    None for a text that has not the form of a code.
    """
    found = TOKEN.match(token)
    return UUID(bytes=_LAYOUT.unpack(_bytes_of(found[2])[: _LAYOUT.size])[1]) if found else None


def signed(code: Code) -> str:
    """Return a code as the text that is shown. Raises `ValueError` when its kind is no name of one."""
    payload = _LAYOUT.pack(
        _issuer(settings().hash_key), code.subject.bytes, code.edition % EDITIONS, int(code.until.timestamp())
    )
    token = f"{code.kind}.{_text_of(payload + _signature(code.kind, payload))}"
    if kind_of(token) != code.kind:
        raise ValueError(f"{code.kind!r} is no kind of codes")
    return token


def opened(token: str, kind: str) -> Code:
    """Return what a code of one kind says, after its signature was checked; whether it is good is for its issuer.

    Raises:
        NotGenuine: it was not issued here, or not for this.
    """
    found = TOKEN.match(token)
    if found is None or found[1] != kind:
        raise NotGenuine(foreign=False)
    whole = _bytes_of(found[2])
    payload, signature = whole[: _LAYOUT.size], whole[_LAYOUT.size :]
    issuer, subject, edition, until = _LAYOUT.unpack(payload)
    if not hmac.compare_digest(issuer, _issuer(settings().hash_key)):
        raise NotGenuine(foreign=True)
    if not hmac.compare_digest(signature, _signature(kind, payload)):
        raise NotGenuine(foreign=False)
    return Code(kind, UUID(bytes=subject), edition, datetime.fromtimestamp(until, UTC))


def _text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _bytes_of(text: str) -> bytes:
    """Return the bytes of base64url; a text that is another writing of the same bytes is refused."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotGenuine(foreign=False) from None
    if len(content) != _LAYOUT.size + SIGNATURE or _text_of(content) != text:
        raise NotGenuine(foreign=False)
    return content


def _signature(kind: str, payload: bytes) -> bytes:
    key = _key_for(settings().hash_key, _SIGNING + kind.encode())
    return hmac.digest(key, kind.encode() + b"." + payload, "sha256")[:SIGNATURE]


def _issuer(hash_key: str) -> bytes:
    """Return by what a union recognises its own codes: it follows from its key and tells nothing about it."""
    return _key_for(hash_key, _NAMING)[:_ISSUER]


@lru_cache(maxsize=64)
def _key_for(hash_key: str, purpose: bytes) -> bytes:
    """Derive the key of one purpose (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(hash_key.encode())
