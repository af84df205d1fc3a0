"""Terms that end soon, as to-dos of the union's officers: until somebody follows, the post ends, or the day is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from gateway.read_models import timeline, todos
from services.chassis.clock import SHANGHAI
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

KIND = "term_ending"


def note_ending(tx: Transaction, event: ReceivedEvent) -> None:
    """A term ends soon: the next election is to be prepared by its last day."""
    data = event.data
    due_at = datetime.combine(data["ends_on"], time.max, tzinfo=SHANGHAI)
    params = {"post": data["kind"], "ends_on": data["ends_on"].isoformat()}
    row = todos.entry(
        event, KIND, data["post_id"], role="officer", unit_id=data["unit_id"], due_at=due_at, params=params
    )
    todos.keep(tx, [row])


def note_assigned(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell members of their new posts."""
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["post_id"], "member_id": event.data["member_id"]}
            for event in events
        ),
    )


def note_delegations(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell both sides that work is given to a deputy, and that this ended early."""
    timeline.note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["delegation_id"],
                "member_id": event.data[side],
                "params": {name: event.data[name].isoformat() for name in ("starts_on", "ends_on")},
            }
            for event in events
            for side in ("giver_id", "deputy_id")
        ),
    )


def note_succeeded(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Somebody follows on a post whose term ends."""
    followed = [event for event in events if event.data.get("succeeds_post_id") is not None]
    todos.keep(
        tx,
        [
            todos.entry(event, KIND, event.data["succeeds_post_id"], done=True, sequence=todos.FINAL)
            for event in followed
        ],
    )


def note_ended(tx: Transaction, event: ReceivedEvent) -> None:
    """The post ended before its term was over; the member who held it is told."""
    timeline.note(tx, event, subject_id=event.data["post_id"], member_id=event.data["member_id"])
    todos.keep(tx, [todos.entry(event, KIND, event.data["post_id"], done=True, sequence=todos.FINAL)])
