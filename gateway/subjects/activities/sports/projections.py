"""Messages to the contacts of teams."""

from __future__ import annotations

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_drawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell the contacts that there are fixtures."""
    _tell(tx, event)


def on_changed(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell the contacts of another time or court; of results they know."""
    if event.data["moved"]:
        _tell(tx, event)


def _tell(tx: Transaction, event: ReceivedEvent) -> None:
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["activity_id"], "member_id": member_id}
            for member_id in event.data["contact_ids"]
        ),
    )
