"""What the gateway remembers of tea: a to-do and a message for the member."""

from __future__ import annotations

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_served(tx: Transaction, event: ReceivedEvent) -> None:
    """Tea was served: it is to be drunk."""
    tea_id, member_id = event.data["tea_id"], event.data["member_id"]
    todos.keep(tx, [todos.entry(event, "tea_waits", tea_id, member_id=member_id)])
    timeline.note(tx, event, subject_id=tea_id, member_id=member_id)
