"""Messages on members' timelines about examinations they have not booked yet."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


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
