"""To-dos of the units' chairs, who file and answer guidance, and of the officers, who review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.read_models import todos
from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.unit_congresses.vocabulary import IN_REVIEW, UNITS_TURN


def on_filing(tx: Transaction, event: ReceivedEvent) -> None:
    """A filing waits for the unit, for a review, or for nobody."""
    state = event.data["state"]
    units: dict[str, Any] = _of_unit(event) if state in UNITS_TURN else {"done": True}
    office: dict[str, Any] = {"role": "officer"} if state in IN_REVIEW else {"done": True}
    filing_id = event.data["filing_id"]
    todos.keep(
        tx, [todos.entry(event, "filing", filing_id, **units), todos.entry(event, "filing_review", filing_id, **office)]
    )


def on_guidance(tx: Transaction, event: ReceivedEvent) -> None:
    """Guidance waits for the unit's answer, or was answered."""
    data = event.data
    given = event.type == "filing_guidance_given"
    parts: dict[str, Any] = {"role": "chair", "unit_id": data["unit_id"]} if given else {"done": True}
    todos.keep(tx, [todos.entry(event, "filing_guidance", data["filing_id"], **parts)])


def _of_unit(event: ReceivedEvent) -> dict[str, Any]:
    due_at = start_of(event.data["due_on"] + timedelta(days=1))
    overdue = day_of(event.time) > event.data["due_on"]
    return {"role": "chair", "unit_id": event.data["unit_id"], "due_at": due_at, "overdue": overdue}
