"""Corrections in to-dos and news: an officer decides, the member learns how; consents withdrawn are confirmed."""

from __future__ import annotations

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_correction(tx: Transaction, event: ReceivedEvent) -> None:
    """Open the to-do of a request, close it when it ends; the member is told of a decision."""
    data = event.data
    outcome = data.get("outcome")
    entry = todos.entry(
        event,
        "correction",
        data["correction_id"],
        role="officer",
        unit_id=data["unit_id"],
        done=outcome is not None,
    )
    todos.keep(tx, [entry])
    if outcome in ("accepted", "refused"):
        timeline.note(
            tx, event, subject_id=data["correction_id"], member_id=data["member_id"], params={"outcome": outcome}
        )


def note_withdrawal(tx: Transaction, event: ReceivedEvent) -> None:
    """Confirm to the member that a consent is withdrawn; no view keeps a photo or publishes a name that could stay."""
    data = event.data
    timeline.note(
        tx, event, subject_id=data["consent_id"], member_id=data["member_id"], params={"purpose": data["purpose"]}
    )
