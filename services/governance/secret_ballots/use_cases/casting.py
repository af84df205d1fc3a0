"""Taking secret votes. Nothing of the call is kept: neither who, nor when, nor in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from services.chassis.ballot_board import Entry, NotValid, decoded, encoded, flaw_of, receipt
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, refuse_first
from services.chassis.security.blind_signatures import public_key
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import SecretVote
from services.governance.secret_ballots.use_cases import store


def cast(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a vote; the same one again gets the same answer, also after the end.

    Raises:
        InvalidInput: a value is not base64.
        Refused: votes are not taken now, the vote has a flaw, or its token cast another one.
    """
    ballot_id = request["ballot_id"]
    tx.lock(store.lock_of(ballot_id), shared=True)
    ballot = store.secret_ballot_of(tx, ballot_id)
    entry = _entry(request)
    stored = tx.session.get(SecretVote, (ballot_id, entry.token_hash))
    if stored is None:
        refuse_first(rules.votes_are_taken(ballot.state))
        definition = store.definition_of(ballot)
        keys = _keys(tuple(key for _, key in definition.registrars))
        refuse_first(rules.vote_is_valid(flaw_of(definition, keys, entry)))
        row = {"ballot_id": ballot_id, "token_hash": entry.token_hash, "entry": entry.content(), "opened": False}
        new = upsert(tx.session, SecretVote).values(row)
        tx.session.execute(new.on_conflict_do_nothing(index_elements=["ballot_id", "token_hash"]))
        stored = tx.session.get_one(SecretVote, (ballot_id, entry.token_hash))
    refuse_first(rules.token_is_unused(stored.entry["sealed"] == encoded(entry.sealed)))
    tracker = stored.entry["tracker"]
    return {"tracker": tracker, "receipt": encoded(receipt(store.union_key(tx), str(ballot_id), tracker))}


def _entry(request: Mapping[str, Any]) -> Entry:
    try:
        signatures = tuple(decoded(one) for one in request["signatures"])
        return Entry(decoded(request["token"]), signatures, decoded(request["sealed"]), decoded(request["signature"]))
    except NotValid:
        raise InvalidInput("The vote is not written as its format says.") from None


@lru_cache(maxsize=16)
def _keys(registrars: tuple[bytes, ...]) -> Sequence[RSAPublicKey]:
    return [public_key(key) for key in registrars]
