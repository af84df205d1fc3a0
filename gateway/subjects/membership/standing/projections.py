"""Transfers, retirement and the end of memberships: the to-dos they open and close, and what stands on timelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_TRANSFER_TODOS = ("transfer_release", "transfer_acceptance")


def note_transfer(tx: Transaction, event: ReceivedEvent) -> None:
    """A transfer moved: the unit whose turn it is has something to do, the other one nothing any more."""
    data = event.data
    transfer_id: UUID = data["transfer_id"]
    whose: dict[str, dict[str, Any]] = {
        "transfer_requested": {"transfer_release": {"role": "chair", "unit_id": data["from_unit_id"]}},
        "transfer_released": {"transfer_acceptance": _receiving(data["to_unit_id"])},
    }.get(event.type, {})
    rows = [todos.entry(event, kind, transfer_id, **whose.get(kind, {"done": True})) for kind in _TRANSFER_TODOS]
    todos.keep(tx, rows)
    params = {"outcome": data["outcome"]} if "outcome" in data else {}
    timeline.note(tx, event, subject_id=transfer_id, member_id=data["member_id"], params=params)


def note_leave(tx: Transaction, event: ReceivedEvent) -> None:
    """A member asked to leave, or the request ended: an officer is to declare it, or has."""
    data = event.data
    open_for = {"role": "officer", "unit_id": data["unit_id"]} if event.type == "leave_requested" else {"done": True}
    todos.keep(tx, [todos.entry(event, "leave_declaration", data["leave_id"], **open_for)])
    timeline.note(tx, event, subject_id=data["leave_id"], member_id=data["member_id"])


def note_standing(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add a message to the timeline of each member whose membership was retained, ended or restored."""
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["unit_id"], "member_id": event.data["member_id"]}
            for event in events
        ),
    )


def _receiving(unit_id: UUID | None) -> dict[str, Any]:
    return {"role": "officer"} if unit_id is None else {"role": "chair", "unit_id": unit_id}
