"""Messages to members about gifts of standing care; what a gift is for is told on their own page only."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_given(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell members once each that a gift was given out."""
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["gift_id"], "member_id": event.data["member_id"], "params": {}}
            for event in events
        ),
    )
