"""Keeping what the second registrar says it gave out, as it was signed."""

from __future__ import annotations

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.governance.secret_ballots.tables import SecretBallot
from services.governance.secret_ballots.use_cases import joining, making_keys, store


def take(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep a statement, also one that contradicts the board; the votes are opened if only it was waited for."""
    ballot_id = event.data["ballot_id"]
    tx.lock(store.lock_of(ballot_id))
    ballot = tx.session.get(SecretBallot, ballot_id, with_for_update=True)
    if ballot is None or ballot.statement is not None or not ballot.others:
        return
    figures = {name: event.data[name] for name in ("marks", "voters", "roll", "signature")}
    ballot.statement = {"ballot": str(ballot_id), "registrar": making_keys.SECOND, **figures}
    note_change(tx, f"secret-ballot/{ballot_id}", {"statement": (None, ballot.statement)})
    joining.join_if_enough(tx, ballot)
