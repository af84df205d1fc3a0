"""To-dos of those for whom a proposal waits, and messages to its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_OFFICE = "proposal_office"
_OF_TASK = {
    "confirm": "proposal_confirm", "handle": "proposal_handle", "help": "proposal_handle", "co_sign": "proposal_handle",
    "inspect": "proposal_handle", "check": "proposal_handle", "approve": "proposal_approve", "rate": "proposal_rate",
}  # fmt: skip


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """Open what waits now, close what no longer waits, tell the people of the step."""
    data = event.data
    proposal_id, told = data["proposal_id"], data["told"]
    wanted: dict[str, dict[UUID, Mapping[str, Any]]] = {kind: {} for kind in _OF_TASK.values()}
    for task in data["tasks"]:
        for member_id in task["member_ids"]:
            wanted[_OF_TASK[task["task"]]].setdefault(member_id, {**_due(task), "told": member_id not in told})
    todos.keep_for_each(tx, event, proposal_id, wanted)
    of_office = [task for task in data["tasks"] if not task["member_ids"]]
    whose = {"role": "chair", "unit_id": data["unit_id"]} if data["unit_id"] else {"role": "officer"}
    todos.keep(tx, [todos.entry(event, _OFFICE, proposal_id, **(whose if of_office else {"done": True}))])
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": proposal_id, "member_id": member_id, "params": {"step": data["step"]}}
            for member_id in told
        ),
    )


def _due(task: Mapping[str, Any]) -> dict[str, Any]:
    if task["due_on"] is None:
        return {}
    return {"due_at": start_of(task["due_on"] + timedelta(days=1)), "overdue": task["overdue"]}
