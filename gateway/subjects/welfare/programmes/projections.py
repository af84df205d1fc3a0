"""Messages on members' timelines about their goods."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_granted(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell members that they may choose, until when."""
    timeline.note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["entitlement_id"],
                "member_id": event.data["member_id"],
                "params": {"title": event.data["title"], "until": event.data["choose_until"].isoformat()},
            }
            for event in events
        ),
    )


def note(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member once that goods were handed out, or have expired."""
    timeline.note(tx, event, subject_id=event.data["entitlement_id"], member_id=event.data["member_id"])
