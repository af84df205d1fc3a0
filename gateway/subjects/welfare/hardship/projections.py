"""Which to-dos applications and reviews open and close, and the message to the member; none says whose or why."""

from __future__ import annotations

from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_OF_STATE = {
    "submitted": ("aid_to_forward", "chair"),
    "unit_forwarded": ("aid_to_review", "officer"),
    "under_review": ("aid_to_review", "officer"),
}
_KINDS = ("aid_to_forward", "aid_to_review", "aid_payment_refused")


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """An application is to be forwarded, decided or put to the funds again; all else about it is closed."""
    data = event.data
    kind, role = _OF_STATE.get(data["state"], (None, None))
    if data["payment_refused"]:
        kind, role = "aid_payment_refused", "officer"
    todos.keep(tx, [_entry(event, one, role if one == kind else None) for one in _KINDS])


def on_review_due(tx: Transaction, event: ReceivedEvent) -> None:
    """A record is to be reviewed, or was."""
    data = event.data
    if not data["open"]:
        todos.keep(tx, [todos.entry(event, "hardship_review_due", data["record_id"], done=True)])
        return
    due_at = start_of(data["due_on"])
    todos.keep(tx, [todos.entry(event, "hardship_review_due", data["record_id"], role="officer", due_at=due_at)])


def note_matter(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member that something asked for in confidence has moved on."""
    timeline.note(tx, event, subject_id=event.data["matter_id"], member_id=event.data["member_id"], params={})


def _entry(event: ReceivedEvent, kind: str, role: str | None) -> dict[str, Any]:
    data = event.data
    if role is None:
        return todos.entry(event, kind, data["application_id"], done=True)
    return todos.entry(event, kind, data["application_id"], role=role, unit_id=data["unit_id"])
