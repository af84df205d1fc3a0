"""Loading secret ballots, their locks, and the key of the union."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.ballot_board import Definition, decoded, encoded
from services.chassis.board_statements import signed
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.governance.secret_ballots.tables import BallotMark, SecretBallot, UnionKey

UNION = "union"
"""Name of the registrar that this service is."""
_ONLY = 1


def secret_ballot_of(tx: Transaction, ballot_id: UUID, *, lock: bool = False) -> SecretBallot:
    """Return the keys and the head of a ballot. Raises `NotFound`."""
    return tx.get(SecretBallot, ballot_id, "There is no such secret ballot.", field="ballot_id", lock=lock)


def lock_of(ballot_id: UUID) -> str:
    """Return the name of the lock that votes share and that the board and the end of a ballot take alone."""
    return f"secret-ballot-{ballot_id}"


def held(tx: Transaction, ballot_id: UUID) -> SecretBallot:
    """Return a ballot while no vote is being cast, and none is until the transaction ends. Raises `NotFound`."""
    tx.lock(lock_of(ballot_id))
    return secret_ballot_of(tx, ballot_id, lock=True)


def definition_of(ballot: SecretBallot) -> Definition:
    """Return the definition of a ballot whose keys are made."""
    if ballot.definition is None:
        raise ValueError(f"the keys of ballot {ballot.ballot_id} are not made")
    return Definition.of(ballot.definition)


def union_key(tx: Transaction) -> Ed25519PrivateKey:
    """Return the key with which the union signs heads and receipts; it is made once."""
    row = tx.session.get(UnionKey, _ONLY)
    if row is None:
        new = Ed25519PrivateKey.generate()
        public = encoded(new.public_key().public_bytes_raw())
        values = {"id": _ONLY, "private": encoded(new.private_bytes_raw()), "public": public}
        tx.session.execute(upsert(tx.session, UnionKey).values(values).on_conflict_do_nothing(index_elements=["id"]))
        row = tx.session.get_one(UnionKey, _ONLY)
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(row.private))


def union_public_key(tx: Transaction) -> bytes:
    """Return the public half of `union_key`."""
    union_key(tx)
    return decoded(tx.session.get_one(UnionKey, _ONLY).public)


def sign_head(tx: Transaction, ballot: SecretBallot) -> None:
    """Sign how the board stands now, how many tokens were given out here, and to which roll."""
    head: dict[str, Any] = {
        "ballot": str(ballot.ballot_id),
        "entries": ballot.published,
        "chain": ballot.chain,
        "marks": [marks_of(tx, ballot.ballot_id)],
        "closed": ballot.state not in ("preparing", "ready", "open"),
    }
    if ballot.others:
        head |= {"voters": ballot.voters, "roll": ballot.roll}
    ballot.head = signed(union_key(tx), head)


def has_mark(tx: Transaction, ballot_id: UUID, member_id: UUID) -> bool:
    """Tell whether a member got a token."""
    return tx.session.get(BallotMark, (ballot_id, member_id)) is not None


def marks_of(tx: Transaction, ballot_id: UUID) -> int:
    """Return how many members got a token."""
    counted = sa.select(sa.func.count()).select_from(BallotMark).where(BallotMark.ballot_id == ballot_id)
    return tx.session.scalar(counted) or 0
