"""To-dos of those who answer suggestions, and messages to members who made one by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

KIND = "suggestion"
_TOLD = ("answered", "closed")


def on_received(tx: Transaction, event: ReceivedEvent) -> None:
    """A suggestion waits for an answer, or is overdue."""
    todos.keep(tx, [_todo(event)])


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """Another is to answer, or nobody any more; the author is told of the answer."""
    data = event.data
    waits = data["state"] == "received"
    todos.keep(tx, [_todo(event) if waits else todos.entry(event, KIND, data["suggestion_id"], done=True)])
    if data["member_id"] is not None and data["state"] in _TOLD:
        params = {"state": data["state"]}
        timeline.note(tx, event, subject_id=data["suggestion_id"], member_id=data["member_id"], params=params)


def _todo(event: ReceivedEvent) -> dict[str, Any]:
    data = event.data
    whose: dict[str, Any] = {"role": "officer"}
    if data["unit_id"] is not None:
        whose = {"role": "chair", "unit_id": data["unit_id"]}
    due_at = start_of(data["due_on"] + timedelta(days=1)) if data["due_on"] else None
    overdue = event.type == "suggestion_overdue"
    return todos.entry(event, KIND, data["suggestion_id"], due_at=due_at, overdue=overdue, **whose)
