"""An encryption key that nobody holds: anybody encrypts to it, and some of several shares open what was encrypted.

Encryption is HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, which browsers compute by
WebCrypto. The private key is split by Shamir's scheme over the order of P-256 (SP 800-186, section 3.2.1.3).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhpke import AEADId, CipherSuite, KDFId, KEMId
from pyhpke.exceptions import PyHPKEError

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256: secrets and shares are numbers from 1 to one below it."""
POINT = 65
"""Bytes of a public key: an uncompressed point."""
OVERHEAD = POINT + 16
"""Bytes by which an encrypted text is longer than the text."""
SECRET = 32
"""Bytes of a secret or a share."""
_SUITE = CipherSuite.new(KEMId.DHKEM_P256_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES128_GCM)


class NotOpened(ValueError):
    """A key, a share or an encrypted text is not valid, or they don't belong together."""


@dataclass(frozen=True)
class Share:
    """One share of a secret: the place (1 and up) at which the polynomial has this value."""

    place: int
    value: int


def new_secret() -> int:
    """Return a new private key."""
    return 1 + secrets.randbelow(ORDER - 1)


def public_point(secret: int) -> bytes:
    """Return the public key of a private key, or the point that tells a share without telling its value.

    Raises:
        NotOpened: the number is out of range.
    """
    if not 0 < secret < ORDER:
        raise NotOpened("not a secret of this curve")
    key = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_point(content: bytes) -> bool:
    """Tell whether bytes are a public key."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content)
    except ValueError:
        return False
    return len(content) == POINT


def split(secret: int, needed: int, shares: int) -> list[Share]:
    """Split a secret into shares of which any `needed` give it back and fewer tell nothing.

    Args:
        secret: of `new_secret`.
        needed: from 1 to `shares`.
        shares: how many.

    Raises:
        ValueError: more shares are needed than made.
    """
    if not 1 <= needed <= shares:
        raise ValueError(f"{needed} of {shares} shares")
    while True:
        polynomial = [secret, *(secrets.randbelow(ORDER) for _ in range(needed - 1))]
        made = [Share(place, _value_at(polynomial, place)) for place in range(1, shares + 1)]
        if all(share.value for share in made):
            return made


def join(shares: Collection[Share]) -> int:
    """Return the secret of shares by Lagrange's formula at zero; of too few or wrong shares another number.

    Raises:
        NotOpened: there is no share, a place is given twice, or a number is out of range.
    """
    places = {share.place for share in shares}
    if not shares or len(places) != len(shares) or not all(0 < share.value < ORDER for share in shares):
        raise NotOpened("not shares of one secret")
    secret = 0
    for share in shares:
        above = below = 1
        for place in places - {share.place}:
            above = above * place % ORDER
            below = below * (place - share.place) % ORDER
        secret = (secret + share.value * above * pow(below, -1, ORDER)) % ORDER
    return secret


def seal(public: bytes, text: bytes, info: bytes, bound: bytes = b"") -> bytes:
    """Encrypt a text to a public key; the answer is the encapsulated key and the ciphertext.

    Args:
        public: of the recipient.
        text: what is encrypted.
        info: what it is for; the same when it is opened.
        bound: what the ciphertext belongs to; the same when it is opened.

    Raises:
        NotOpened: the public key is none.
    """
    if not is_point(public):
        raise NotOpened("not a public key")
    encapsulated, sender = _SUITE.create_sender_context(_SUITE.kem.deserialize_public_key(public), info)
    return encapsulated + sender.seal(text, bound)


def unseal(secret: int, sealed: bytes, info: bytes, bound: bytes = b"") -> bytes:
    """Return the text of what `seal` encrypted to the public key of a secret.

    Raises:
        NotOpened: it was encrypted to another key, for something else, or changed.
    """
    if not 0 < secret < ORDER or len(sealed) < OVERHEAD:
        raise NotOpened("not an encrypted text")
    key = _SUITE.kem.deserialize_private_key(secret.to_bytes(SECRET, "big"))
    try:
        return _SUITE.create_recipient_context(sealed[:POINT], key, info).open(sealed[POINT:], bound)
    except (PyHPKEError, ValueError):
        raise NotOpened("can't be opened") from None


def _value_at(polynomial: list[int], place: int) -> int:
    value = 0
    for coefficient in reversed(polynomial):
        value = (value * place + coefficient) % ORDER
    return value
