"""Messages to members who have not booked an examination yet, and to-dos of chairs and officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

REMIND, CLOSE = "examination_unbooked", "examination_to_close"


def note_due(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell members that they can book, until when."""
    timeline.note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["examinee_id"],
                "member_id": event.data["member_id"],
                "params": {"title": event.data["title"], "until": event.data["book_until"].isoformat()},
            }
            for event in events
        ),
    )


def on_unbooked(tx: Transaction, event: ReceivedEvent) -> None:
    """The unit's chair is to remind so many members; told once, however the number changes."""
    data = event.data
    row = todos.entry(
        event, REMIND, data["examination_id"], role="chair", unit_id=data["unit_id"],
        due_at=start_of(data["book_until"] + timedelta(days=1)), done=not data["unbooked"],
        params={"people": data["unbooked"]}, told=not data["before"],
    )  # fmt: skip
    todos.keep(tx, [row])


def on_to_close(tx: Transaction, event: ReceivedEvent) -> None:
    """Officers are to close a campaign that is over."""
    data = event.data
    todos.keep(tx, [todos.entry(event, CLOSE, data["examination_id"], role="officer", done=not data["open"])])
