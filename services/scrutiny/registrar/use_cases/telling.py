"""Telling everybody what this registrar has: its key, its roll, and how many tokens it gave out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.ballot_board import decoded
from services.chassis.board_statements import key_fingerprint
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Defect
from services.scrutiny.registrar.tables import StatementKey
from services.scrutiny.registrar.use_cases import store


def get_scrutiny(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is public of a ballot. Raises `NotFound`."""
    ballot = store.watched(tx, request["ballot_id"])
    key = tx.session.get(StatementKey, 1)
    if key is None:
        raise Defect("There is no key for statements.")
    return {
        "ballot_id": ballot.ballot_id,
        "state": ballot.state,
        "key": ballot.public_key,
        "key_fingerprint": key_fingerprint(decoded(ballot.public_key)),
        "statement_key": key.public,
        "marks": store.marks_of(tx, ballot.ballot_id),
        "voters": ballot.voters,
        "roll": ballot.roll,
        "statement": ballot.statement,
    }
