"""To-dos for dues: open from a reminder until nothing is owed any more. Amounts are never stored here."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

KIND = "dues_owed"


def on_reminded(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add a to-do and a message for each reminded member."""
    _keep(tx, events, done=False)
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["member_id"], "member_id": event.data["member_id"]}
            for event in events
        ),
    )


def on_settled(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Close the to-dos of members who owe nothing any more."""
    _keep(tx, events, done=True)


def _keep(tx: Transaction, events: Sequence[ReceivedEvent], *, done: bool) -> None:
    newest = {event.data["member_id"]: event for event in sorted(events, key=lambda event: event.sequence)}
    todos.keep(
        tx,
        (
            todos.entry(event, KIND, member_id, member_id=member_id, done=done, told=False)
            for member_id, event in newest.items()
        ),
    )
