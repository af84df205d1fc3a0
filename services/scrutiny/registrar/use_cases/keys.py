"""Making the key of a ballot, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.ballot_board import encoded
from services.chassis.database.engine import upsert
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.process.native_threads import in_native_thread
from services.chassis.process.runtime import Call
from services.chassis.security import blind_signatures as blinding
from services.scrutiny.registrar.tables import WatchedBallot
from services.scrutiny.registrar.use_cases import store


def make_ballot_key(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the public keys for a ballot; the private one is made with the first request and stays here."""
    ballot_id = request["ballot_id"]
    with call.transaction(readonly=True) as tx:
        is_made = tx.session.get(WatchedBallot, ballot_id) is not None
    if not is_made:
        key = in_native_thread(blinding.new_key)
        public = encoded(blinding.public_bytes(key.public_key()))
        row = {
            "ballot_id": ballot_id, "state": "keyed", "signing_key": blinding.private_text(key),
            "public_key": public, "ended": False,
        }  # fmt: skip
        with call.transaction() as tx:
            _keep(tx, row)
    with call.transaction() as tx:
        made = store.watched(tx, ballot_id)
        return {"key": made.public_key, "statement_key": store.statement_key(tx).public}


def _keep(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Store a new key, unless another request was faster."""
    new = upsert(tx.session, WatchedBallot).values(row)
    tx.session.execute(new.on_conflict_do_nothing(index_elements=["ballot_id"]))
    if store.watched(tx, row["ballot_id"]).public_key == row["public_key"]:
        note_change(tx, f"watched-ballot/{row['ballot_id']}", {"key": (None, row["public_key"])})
