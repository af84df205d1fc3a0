"""Timeline messages about places on trips."""

from __future__ import annotations

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_place(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member what became of the application."""
    data = event.data
    timeline.note(
        tx, event, subject_id=data["application_id"], member_id=data["member_id"], params={"state": data["state"]}
    )
