"""Bringing votes onto the board, in shuffled batches."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from services.chassis.ballot_board import next_link
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.governance.secret_ballots.tables import SecretBallot, SecretVote
from services.governance.secret_ballots.use_cases import store

SMALLEST_BATCH = 20
"""Votes that wait for each other before they come onto the board; the last ones come at the end."""
LARGEST_BATCH = 2000
_shuffled = secrets.SystemRandom()


def publish_waiting(call: Call) -> None:
    """Bring waiting votes of all open ballots onto their boards, each ballot on its own."""
    with call.transaction(readonly=True) as tx:
        open_ballots = list(tx.session.scalars(sa.select(SecretBallot.ballot_id).where(SecretBallot.state == "open")))
    for ballot_id in open_ballots:
        with call.transaction() as tx:
            ballot = store.held(tx, ballot_id)
            if ballot.state == "open" and publish(tx, ballot):
                store.sign_head(tx, ballot)


def publish(tx: Transaction, ballot: SecretBallot, *, all_of_them: bool = False) -> int:
    """Bring waiting votes of a held ballot onto its board in random order; return how many.

    Args:
        tx: the transaction.
        ballot: held, so that no vote is being cast.
        all_of_them: also when they are few; for the end.
    """
    waiting = sa.select(SecretVote.token_hash).where(
        SecretVote.ballot_id == ballot.ballot_id, SecretVote.position.is_(None)
    )
    hashes = list(tx.session.scalars(waiting))
    if len(hashes) < SMALLEST_BATCH and not all_of_them:
        return 0
    _shuffled.shuffle(hashes)
    taken = hashes if all_of_them else hashes[:LARGEST_BATCH]
    for start in range(0, len(taken), LARGEST_BATCH):
        _append(tx, ballot, taken[start : start + LARGEST_BATCH])
    return len(taken)


def _append(tx: Transaction, ballot: SecretBallot, hashes: list[str]) -> None:
    chosen = sa.select(SecretVote).where(
        SecretVote.ballot_id == ballot.ballot_id, SecretVote.token_hash.in_(sorted(hashes))
    )
    rows = {row.token_hash: row for row in tx.session.scalars(chosen)}
    changes = []
    for token_hash in hashes:
        ballot.published += 1
        ballot.chain = next_link(ballot.chain or "", rows[token_hash].entry)
        changes.append({"ballot_id": ballot.ballot_id, "token_hash": token_hash, "position": ballot.published})
    tx.session.execute(sa.update(SecretVote), changes)
