"""Messages to captains and players, and the activity's figures after a team took or gave back a seat."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.read_models import activities, timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_invited(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell who is asked."""
    timeline.note(tx, event, subject_id=event.data["activity_id"], member_id=event.data["member_id"], params={})


def on_answered(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell the captain."""
    data = event.data
    told = {"joined": data["joined"]}
    timeline.note(tx, event, subject_id=data["activity_id"], member_id=data["captain_id"], params=told)


def on_changed(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell everybody in teams that were confirmed or ended, and store the figures of their activities."""
    activities.note_figures(tx, events)
    timeline.note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["activity_id"],
                "member_id": member_id,
                "params": {"cause": event.data["cause"]} if "cause" in event.data else {},
            }
            for event in events
            for member_id in event.data["member_ids"]
        ),
    )
