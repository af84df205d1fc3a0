"""Voters, registrars and scrutineers of a secret ballot, as a program of their own would do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.chassis import ballot_board as board
from services.chassis.board_file import board_file, tally_of
from services.chassis.board_statements import signed
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.blind_signatures import new_key
from services.chassis.security.threshold_keys import new_secret, public_point, split

BALLOT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601"
LENGTH = 40


@cache
def registrar(name: str) -> blinding.Signer:
    """The registrar of a name; one for the whole run, because a key takes long to make, and none of a ballot's keys."""
    return blinding.Signer(blinding.private_text(new_key()))


class SecondRegistrar:
    """The second registrar (监票组) of a ballot, played by hand; `marks` counts what it signed."""

    def __init__(self) -> None:
        self.signer = registrar("scrutiny")
        self.statement_key = Ed25519PrivateKey.generate()
        self.marks = 0

    @property
    def key(self) -> bytes:
        """The key that signs tokens."""
        return blinding.public_bytes(self.signer.public)

    @property
    def statement_public(self) -> bytes:
        """The key that signs statements."""
        return self.statement_key.public_key().public_bytes_raw()

    def keys(self, *_: Any) -> dict[str, Any]:
        """What it answers when it is asked for the keys of a ballot."""
        return {"key": board.encoded(self.key), "statement_key": board.encoded(self.statement_public)}

    def sign(self, request: bytes) -> bytes:
        """Sign a blinded message."""
        self.marks += 1
        return self.signer.sign(request)

    def statement(self, head: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
        """What it says after the end about the ballot of a head."""
        told = {"ballot": head["ballot"], "registrar": "scrutiny", "marks": self.marks}
        return signed(self.statement_key, {**told, "voters": head["voters"], "roll": head["roll"], **changed})


class Token:
    """A voter's token: asked for blinded, then signed by each registrar."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.prepared = blinding.prepare(point)
        self.signatures: list[bytes] = []
        self._blinded: blinding.Blinded | None = None

    def request(self, registrar_key: bytes) -> bytes:
        """Return what is sent to a registrar; the same until it is signed."""
        if self._blinded is None:
            self._blinded = blinding.blind(blinding.public_key(registrar_key), self.prepared)
        return self._blinded.message

    def take(self, registrar_key: bytes, answer: bytes) -> None:
        """Keep the signature made of a registrar's answer."""
        assert self._blinded is not None
        key = blinding.public_key(registrar_key)
        self.signatures.append(blinding.finalize(key, self.prepared, answer, self._blinded.inverse))
        self._blinded = None

    def vote(self, definition: board.Definition, choices: str) -> board.Entry:
        """Return the vote as it is cast."""
        return self.entry(definition, board.sealed_vote(definition, self.prepared, choices))

    def entry(self, definition: board.Definition, sealed: bytes) -> board.Entry:
        """Return an encrypted vote, whatever is in it, signed with the own key."""
        r, s = decode_dss_signature(self._key.sign(definition.about("vote") + sealed, ec.ECDSA(SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return board.Entry(self.prepared, tuple(self.signatures), sealed, signature)


@dataclass
class Made:
    """A whole ballot made by hand, with all its private keys."""

    definition: board.Definition
    secret: int
    union: Ed25519PrivateKey
    signers: tuple[blinding.Signer, ...]
    second: SecondRegistrar

    def token(self) -> Token:
        """A token that every registrar signed."""
        token = Token()
        for signer in self.signers:
            key = blinding.public_bytes(signer.public)
            token.take(key, signer.sign(token.request(key)))
        return token

    def vote(self, choices: str) -> dict[str, Any]:
        """The entry of a vote with a new token."""
        return self.token().vote(self.definition, choices).content()

    def file(self, entries: list[dict[str, Any]], marks: int | None = None, *, opened: bool = True) -> dict[str, Any]:
        """The exported board of entries in this order."""
        chain = self.definition.start
        for entry in entries:
            chain = board.next_link(chain, entry)
        marks = len(entries) if marks is None else marks
        told = [marks] * (1 if self.definition.statement_keys else len(self.signers))
        head = {"ballot": BALLOT, "entries": len(entries), "chain": chain, "marks": told, "closed": True}
        statements = []
        if self.definition.statement_keys:
            head |= {"voters": 40, "roll": "ab" * 32}
            statements = [self.second.statement(head, marks=marks)]
        result = None
        if opened:
            votes = [board.opened_vote(self.definition, self.secret, board.Entry.of(one)) for one in entries]
            result = {"secret": f"{self.secret:064x}", "votes": votes, "tally": tally_of(votes)}
        return board_file(self.definition.content(), entries, signed(self.union, head), result, statements)


def made(registrars: tuple[str, ...] = ("union", "scrutiny"), *, signing: bool = True) -> Made:
    """A ballot of these registrars with three scrutineers, two of whom open the votes.

    Args:
        registrars: their names, the union's first.
        signing: whether those after the first sign statements, as in format 2.
    """
    secret, union, second = new_secret(), Ed25519PrivateKey.generate(), SecondRegistrar()
    signers = tuple(registrar(name) for name in registrars)
    named = zip(registrars, signers, strict=True)
    definition = board.Definition(
        ballot=BALLOT,
        terms="0" * 64,
        length=LENGTH,
        registrars=tuple((name, blinding.public_bytes(signer.public)) for name, signer in named),
        vote_key=public_point(secret),
        needed=2,
        shares=tuple(public_point(share.value) for share in split(secret, 2, 3)),
        union_key=union.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
        statement_keys=(second.statement_public,) if signing and len(registrars) > 1 else (),
    )
    return Made(definition, secret, union, signers, second)
