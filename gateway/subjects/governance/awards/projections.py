"""Timeline messages about awards of members."""

from __future__ import annotations

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note(tx: Transaction, event: ReceivedEvent) -> None:
    """Add a message for a member's granted or revoked award; units have no timeline."""
    member_id = event.data["member_id"]
    if member_id is not None:
        told = {"title": event.data["title"]}
        timeline.note(tx, event, subject_id=event.data["award_id"], member_id=member_id, params=told)
