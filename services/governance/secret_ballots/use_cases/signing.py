"""Signing tokens blind. For ballots, which has checked the roll: `mark` in its transaction, then `sign` after it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa

from services.chassis.ballot_board import NotValid, decoded, encoded
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, refuse_first
from services.chassis.process.native_threads import NativeThreads
from services.chassis.security.blind_signatures import BlindSignatureError, Signer
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import BallotMark
from services.governance.secret_ballots.use_cases import store

_REQUEST = "secret_ballots.request_is_blinded"
_threads = NativeThreads(1, "tokens")


@dataclass(frozen=True, repr=False)
class Marked:
    """A request that may be signed: the member is marked as having got a token."""

    signing_key: str
    blinded: bytes


def mark(tx: Transaction, ballot_id: UUID, member_id: UUID, blinded: str) -> Marked:
    """Note that a member got a token, once; the same request may be repeated.

    Args:
        tx: the transaction in which the roll was checked.
        ballot_id: which ballot.
        member_id: who asks.
        blinded: the blinded message, base64.

    Raises:
        InvalidInput: the message is not base64.
        Refused: tokens are not given now, or another one was given to this member.
    """
    try:
        message = decoded(blinded)
    except NotValid:
        raise InvalidInput("This is no blinded message.", field="blinded", rule=_REQUEST) from None
    ballot = store.secret_ballot_of(tx, ballot_id)
    refuse_first(rules.tokens_are_given(ballot.state))
    asked = hashlib.sha256(message).hexdigest()
    row = {"ballot_id": ballot_id, "member_id": member_id, "asked": asked}
    new = upsert(tx.session, BallotMark).values(row)
    tx.session.execute(new.on_conflict_do_nothing(index_elements=["ballot_id", "member_id"]))
    first = sa.select(BallotMark.asked).where(BallotMark.ballot_id == ballot_id, BallotMark.member_id == member_id)
    refuse_first(rules.request_is_the_first(tx.session.scalar(first) == asked))
    return Marked(ballot.signing_key or "", message)


def sign(marked: Marked) -> str:
    """Return the blind signature as base64; the same for the same request. Not to be called in a transaction.

    Raises:
        InvalidInput: the message is none that this key can sign.
    """
    try:
        return encoded(_threads.run(_signed, marked))
    except BlindSignatureError:
        raise InvalidInput("This is no blinded message.", field="blinded", rule=_REQUEST) from None


def has_token(tx: Transaction, ballot_id: UUID, member_id: UUID) -> bool:
    """Tell whether a member got a token."""
    return tx.session.get(BallotMark, (ballot_id, member_id)) is not None


def _signed(marked: Marked) -> bytes:
    return _signer(marked.signing_key).sign(marked.blinded)


@lru_cache(maxsize=16)
def _signer(signing_key: str) -> Signer:
    return Signer(signing_key)
