"""To-dos of those who handle requests, and messages to applicants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_KIND = "request_to_handle"
_OPEN = ("submitted", "accepted", "in_step")


def on_submitted(tx: Transaction, event: ReceivedEvent) -> None:
    """A request is to be accepted."""
    todos.keep(tx, [_todo(event)])


def on_overdue(tx: Transaction, event: ReceivedEvent) -> None:
    """A step is overdue."""
    todos.keep(tx, [_todo(event, overdue=True)])


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """The next step is to be done, or nothing more; the applicant is told."""
    data = event.data
    is_open = data["state"] in _OPEN
    todos.keep(tx, [_todo(event) if is_open else todos.entry(event, _KIND, data["request_id"], done=True)])
    timeline.note(
        tx, event, subject_id=data["request_id"], member_id=data["member_id"], params={"state": data["state"]}
    )


def _todo(event: ReceivedEvent, *, overdue: bool = False) -> dict[str, Any]:
    """Return the to-do of the member who handles the type, or of the officers where none is named."""
    data = event.data
    whose: dict[str, Any] = {"role": "officer"}
    if data["handler_member_id"] is not None:
        whose = {"member_id": data["handler_member_id"]}
    due_at = start_of(data["due_on"] + timedelta(days=1)) if data["due_on"] else None
    return todos.entry(event, _KIND, data["request_id"], due_at=due_at, overdue=overdue, **whose)
