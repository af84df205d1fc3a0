"""Messages to members who are named to check people in."""

from __future__ import annotations

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_helper_named(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member who checks people in at an activity."""
    data = event.data
    timeline.note(tx, event, subject_id=data["activity_id"], member_id=data["member_id"], params={})
