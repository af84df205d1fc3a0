"""The board of a secret ballot: tokens, encrypted votes, the chain of entries and its signed head.

Pure functions over texts and bytes, the same for who writes a board and for who checks one. docs/ballots.md describes
the format. Knows neither voters nor what a ballot is about.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from services.chassis.security import blind_signatures as blinding
from services.chassis.security.threshold_keys import OVERHEAD, POINT, NotOpened, is_point, seal, unseal

FORMAT = "gonghui-ballot/1"
SIGNED_FORMAT = "gonghui-ballot/2"
"""With registrars that sign themselves how many tokens they gave out, and to which roll."""
TOKEN = blinding.PREFIX + POINT
"""Bytes of a token: a random prefix and the public key with which the vote is signed."""
SIGNATURE = 64
"""Bytes of the signature of a vote: both numbers of ECDSA on P-256 one after the other (IEEE P1363)."""
_TRACKER = 20
"""Hexadecimal digits of a tracker."""


class NotValid(ValueError):
    """A value of the board is not what its format says; the message says which."""


@dataclass(frozen=True)
class Definition:
    """What is fixed before a ballot is opened, and what everything on the board is checked by.

    Args:
        ballot: its id.
        terms: SHA-256 of what is voted on, in hexadecimal.
        length: bytes of a vote before encryption, the same for all.
        registrars: name and key (DER) of each who signs tokens; a token needs the signatures of all.
        vote_key: to which votes are encrypted.
        needed: how many scrutineers open the votes.
        shares: the point of each scrutineer's share, by its place.
        union_key: with which the union signs heads and receipts (Ed25519).
        statement_keys: with which each registrar after the first signs its statement (Ed25519); none in format 1.
    """

    ballot: str
    terms: str
    length: int
    registrars: tuple[tuple[str, bytes], ...]
    vote_key: bytes
    needed: int
    shares: tuple[bytes, ...]
    union_key: bytes
    statement_keys: tuple[bytes, ...] = ()

    def content(self) -> dict[str, Any]:
        """Return its JSON form."""
        registrars = [{"name": name, "key": encoded(key)} for name, key in self.registrars]
        for told, statement_key in zip(registrars[1:], self.statement_keys, strict=False):
            told["statement_key"] = encoded(statement_key)
        return {
            "format": SIGNED_FORMAT if self.statement_keys else FORMAT,
            "ballot": self.ballot,
            "terms_sha256": self.terms,
            "length": self.length,
            "registrars": registrars,
            "vote_key": encoded(self.vote_key),
            "needed": self.needed,
            "shares": [encoded(point) for point in self.shares],
            "union_key": encoded(self.union_key),
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Definition:
        """Read the JSON form.

        Raises:
            NotValid: it is another format, incomplete, or a key is none.
        """
        try:
            made = cls(
                content["ballot"],
                content["terms_sha256"],
                content["length"],
                tuple((one["name"], decoded(one["key"])) for one in content["registrars"]),
                decoded(content["vote_key"]),
                content["needed"],
                tuple(decoded(point) for point in content["shares"]),
                decoded(content["union_key"]),
                tuple(decoded(one["statement_key"]) for one in content["registrars"] if "statement_key" in one),
            )
        except (KeyError, TypeError):
            raise NotValid("the definition is incomplete") from None
        if made.content() != content or not made.registrars or not 1 <= made.needed <= len(made.shares):
            raise NotValid("the definition is not of this format")
        if made.statement_keys and len(made.statement_keys) != len(made.registrars) - 1:
            raise NotValid("a registrar has no key for its statement")
        signing = (made.union_key, *made.statement_keys)
        if not all(is_point(point) for point in (made.vote_key, *made.shares)) or {len(key) for key in signing} != {32}:
            raise NotValid("a key of the definition is none")
        return made

    def registrar_keys(self) -> list[RSAPublicKey]:
        """Return the keys that sign tokens. Raises `BlindSignatureError` when one is none."""
        return [blinding.public_key(key) for _, key in self.registrars]

    def about(self, what: str) -> bytes:
        """Return what binds a ciphertext or a signature to this ballot; `what` is `vote` or `share`."""
        return about(what, self.ballot)

    @property
    def start(self) -> str:
        """The hash with which the chain begins."""
        return hashlib.sha256(canonical(self.content())).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One vote as it stands on the board.

    Args:
        token: random prefix and public key of the voter's token.
        signatures: of the token, by each registrar in the order of the definition.
        sealed: the encrypted vote.
        signature: of the encrypted vote, by the token's key.
    """

    token: bytes
    signatures: tuple[bytes, ...]
    sealed: bytes
    signature: bytes

    def content(self) -> dict[str, Any]:
        """Return its JSON form."""
        return {
            "tracker": self.tracker,
            "token": encoded(self.token),
            "signatures": [encoded(one) for one in self.signatures],
            "sealed": encoded(self.sealed),
            "signature": encoded(self.signature),
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Entry:
        """Read the JSON form.

        Raises:
            NotValid: it is incomplete, written in another way, or the tracker does not follow from it.
        """
        try:
            made = cls(
                decoded(content["token"]),
                tuple(decoded(one) for one in content["signatures"]),
                decoded(content["sealed"]),
                decoded(content["signature"]),
            )
        except (KeyError, TypeError):
            raise NotValid("the entry is incomplete") from None
        if made.content() != content:
            raise NotValid("the tracker does not follow from the entry")
        return made

    @property
    def tracker(self) -> str:
        """By which the voter finds it."""
        return hashlib.sha256(self.token + self.sealed).hexdigest()[:_TRACKER]

    @property
    def token_hash(self) -> str:
        """By which a second vote with the same token is found."""
        return hashlib.sha256(self.token).hexdigest()


def flaw_of(definition: Definition, keys: Sequence[RSAPublicKey], entry: Entry) -> str | None:
    """Return what is wrong with an entry in one word (`form`, `token`, `vote`), or None.

    Args:
        definition: of the ballot.
        keys: its `registrar_keys`, read once for many entries.
        entry: a vote.
    """
    right = len(entry.token) == TOKEN and len(entry.sealed) == definition.length + OVERHEAD
    if not right or len(entry.signature) != SIGNATURE or len(entry.signatures) != len(keys):
        return "form"
    signed = zip(keys, entry.signatures, strict=True)
    if not all(blinding.is_signed(key, entry.token, signature) for key, signature in signed):
        return "token"
    return None if _is_signed_vote(definition, entry) else "vote"


def next_link(chain: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of the chain after an entry in its JSON form."""
    return hashlib.sha256(bytes.fromhex(chain) + canonical(entry)).hexdigest()


def sealed_vote(definition: Definition, token: bytes, choices: str) -> bytes:
    """Encrypt a vote, as browsers do.

    Raises:
        NotValid: the text of the vote is longer than votes of this ballot are.
    """
    text = choices.encode("ascii").ljust(definition.length)
    if len(text) != definition.length:
        raise NotValid("the vote is too long")
    return seal(definition.vote_key, text, definition.about("vote"), token)


def opened_vote(definition: Definition, secret: int, entry: Entry) -> str | None:
    """Return the text of a vote; None where it can't be opened, which counts as an invalid vote."""
    try:
        text = unseal(secret, entry.sealed, definition.about("vote"), entry.token)
        return text.decode("ascii").rstrip(" ")
    except (NotOpened, UnicodeDecodeError):
        return None


def about(what: str, ballot: str) -> bytes:
    """Return what binds a ciphertext or a signature to a ballot and a purpose."""
    return f"{FORMAT} {what}\n{ballot}\n".encode()


def receipt(key: Ed25519PrivateKey, ballot: str, tracker: str) -> bytes:
    """Return the union's signature that it took the vote of a tracker; the same each time."""
    return key.sign(about("receipt", ballot) + tracker.encode())


def is_signed_by(union_key: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is valid."""
    try:
        Ed25519PublicKey.from_public_bytes(union_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(value: Any) -> bytes:
    """Return the one way a JSON value is written where it is hashed or signed (RFC 8785; there are no fractions)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def encoded(content: bytes) -> str:
    """Return bytes as base64."""
    return base64.b64encode(content).decode("ascii")


def decoded(text: str) -> bytes:
    """Return the bytes of base64. Raises `NotValid` when it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotValid("not base64") from None


def _is_signed_vote(definition: Definition, entry: Entry) -> bool:
    r, s = (int.from_bytes(half, "big") for half in (entry.signature[:32], entry.signature[32:]))
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), entry.token[blinding.PREFIX :])
        key.verify(encode_dss_signature(r, s), definition.about("vote") + entry.sealed, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
