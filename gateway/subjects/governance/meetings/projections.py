"""To-dos of those who place motions, approve minutes and own action items; messages to those with a seat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.read_models import gatherings, timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_WAITING = ("submitted", "postponed")


def on_motion(tx: Transaction, event: ReceivedEvent) -> None:
    """A motion waits for an agenda, or waits no more; its proposer is told what became of it."""
    data = event.data
    whose = {"role": "chair", "unit_id": data["unit_id"]} if data["unit_id"] else {"role": "officer"}
    parts: dict[str, Any] = whose if data["state"] in _WAITING else {"done": True}
    todos.keep(tx, [todos.entry(event, "motion_to_place", data["motion_id"], **parts)])
    if event.type == "motion_moved" and data["proposer_id"] is not None:
        timeline.note(
            tx, event, subject_id=data["motion_id"], member_id=data["proposer_id"], params={"state": data["state"]}
        )


def on_meeting(tx: Transaction, event: ReceivedEvent) -> None:
    """Those with a seat are told that a meeting was called, moved or cancelled; it stands in their calendars."""
    gatherings.note_meeting(tx, event)
    _tell_seats(tx, event)


def _tell_seats(tx: Transaction, event: ReceivedEvent) -> None:
    data = event.data
    entries = [{"event": event, "subject_id": data["meeting_id"], "member_id": one} for one in data["member_ids"]]
    timeline.note_many(tx, entries)


def on_minutes(tx: Transaction, event: ReceivedEvent) -> None:
    """Minutes wait for who presided, or for an officer; those with a seat are told when they can be read."""
    data = event.data
    whose = {"member_id": data["chair_id"]} if data["chair_id"] else {"role": "officer"}
    parts: dict[str, Any] = whose if event.type == "minutes_circulated" else {"done": True}
    todos.keep(tx, [todos.entry(event, "minutes_to_approve", data["meeting_id"], **parts)])
    if event.type == "minutes_approved":
        _tell_seats(tx, event)


def on_assigned(tx: Transaction, event: ReceivedEvent) -> None:
    """Somebody has something to do."""
    todos.keep(tx, [_action(event)])


def on_due(tx: Transaction, event: ReceivedEvent) -> None:
    """The day is near, or has passed."""
    todos.keep(tx, [_action(event, overdue=event.data["overdue"])])


def on_closed(tx: Transaction, event: ReceivedEvent) -> None:
    """It is done, or done no more."""
    todos.keep(tx, [todos.entry(event, "action_item", event.data["action_item_id"], done=True)])


def _action(event: ReceivedEvent, *, overdue: bool = False) -> dict[str, Any]:
    data = event.data
    due_at = start_of(data["due_on"] + timedelta(days=1))
    return todos.entry(
        event, "action_item", data["action_item_id"], member_id=data["owner_id"], due_at=due_at, overdue=overdue
    )
