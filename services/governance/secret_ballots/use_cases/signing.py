"""Signing tokens blind. For ballots, which has checked the roll: `mark` in its transaction, then `sign` after it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from services.chassis import blind_tokens
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import BallotMark
from services.governance.secret_ballots.use_cases import store

_REQUEST = "secret_ballots.request_is_blinded"


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
    message = blind_tokens.blinded_message(blinded, _REQUEST)
    ballot = store.secret_ballot_of(tx, ballot_id)
    refuse_first(rules.tokens_are_given(ballot.state))
    holder = {"ballot_id": ballot_id, "member_id": member_id}
    refuse_first(rules.request_is_the_first(blind_tokens.is_first_request(tx, BallotMark, holder, message)))
    return Marked(ballot.signing_key or "", message)


def sign(marked: Marked) -> str:
    """Return the blind signature as base64; the same for the same request. Not to be called in a transaction.

    Raises:
        InvalidInput: the message is none that this key can sign.
    """
    return blind_tokens.sign(marked.signing_key, marked.blinded, _REQUEST)


def token_is_fetched(
    ballot_id: InstrumentedAttribute[UUID], member_id: UUID | InstrumentedAttribute[UUID]
) -> sa.ColumnElement[bool]:
    """Return the condition that a member got a token of the ballot in a column."""
    return sa.exists().where(BallotMark.ballot_id == ballot_id, BallotMark.member_id == member_id)
