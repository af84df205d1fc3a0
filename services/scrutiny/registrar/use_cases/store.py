"""Loading watched ballots, their locks, counting marks, and the key of statements."""

from __future__ import annotations

import base64
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.ballot_board import encoded
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.scrutiny.registrar.tables import ScrutinyMark, StatementKey, WatchedBallot

NAME = "scrutiny"
"""Name of the registrar that this service is."""
_ONLY = 1


def watched(tx: Transaction, ballot_id: UUID) -> WatchedBallot:
    """Return a ballot for which there is a key. Raises `NotFound`."""
    return tx.get(WatchedBallot, ballot_id, "The scrutineers know no such ballot.", field="ballot_id")


def held(tx: Transaction, ballot_id: UUID) -> WatchedBallot | None:
    """Return a ballot while no token of it is being given out; None where there is no key for it."""
    tx.lock(lock_of(ballot_id))
    return tx.session.get(WatchedBallot, ballot_id, with_for_update=True)


def lock_of(ballot_id: UUID) -> str:
    """Return the name of the lock that requests share and that roll and end of a ballot take alone."""
    return f"watched-ballot-{ballot_id}"


def marks_of(tx: Transaction, ballot_id: UUID) -> int:
    """Return how many tokens were signed."""
    counted = sa.select(sa.func.count()).select_from(ScrutinyMark).where(ScrutinyMark.ballot_id == ballot_id)
    return tx.session.scalar(counted) or 0


def statement_key(tx: Transaction) -> StatementKey:
    """Return the key with which statements are signed; it is made once."""
    row = tx.session.get(StatementKey, _ONLY)
    if row is None:
        new = Ed25519PrivateKey.generate()
        public = encoded(new.public_key().public_bytes_raw())
        values = {"id": _ONLY, "private": encoded(new.private_bytes_raw()), "public": public}
        tx.session.execute(
            upsert(tx.session, StatementKey).values(values).on_conflict_do_nothing(index_elements=["id"])
        )
        row = tx.session.get_one(StatementKey, _ONLY)
    return row


def private_of(key: StatementKey) -> Ed25519PrivateKey:
    """Return the private half of `statement_key`."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key.private))
