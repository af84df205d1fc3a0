"""Messages to contestants and judges, and open pages that renew."""

from __future__ import annotations

from gateway.live import telling
from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_entered(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a contestant."""
    timeline.note(tx, event, subject_id=event.data["activity_id"], member_id=event.data["member_id"])


def on_judge_named(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a judge."""
    timeline.note(tx, event, subject_id=event.data["activity_id"], member_id=event.data["member_id"])


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """Renew open pages; where judging opened tell the judges."""
    activity_id = event.data["activity_id"]
    if event.data["opened"]:
        timeline.note_many(
            tx,
            (
                {"event": event, "subject_id": activity_id, "member_id": member_id}
                for member_id in event.data["judge_member_ids"]
            ),
        )
    tx.after_commit(lambda: telling.tell_contest(activity_id))


def on_decided(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell the contestants that the results are there."""
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["activity_id"], "member_id": member_id}
            for member_id in event.data["member_ids"]
        ),
    )
