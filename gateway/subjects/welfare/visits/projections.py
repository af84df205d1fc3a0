"""Which to-dos a visit opens and closes, event by event. Nothing here says who is visited or why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.read_models import todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_OPEN_KINDS = ("visit_due", "visit_assigned", "visit_escalated")


def on_required(tx: Transaction, event: ReceivedEvent, *, overdue: bool = False) -> None:
    """A visit is due, or overdue: for the unit's chair, or for officers where the union visits."""
    todos.keep(tx, [_due(event, "visit_due", event.data["level"], overdue)])


def on_late(tx: Transaction, event: ReceivedEvent) -> None:
    """A visit is overdue."""
    on_required(tx, event, overdue=True)


def on_due_soon(tx: Transaction, event: ReceivedEvent) -> None:
    """The time of a visit is near: the visitor is told again, or where nobody is assigned those who assign."""
    if event.data["assignee_member_id"] is None:
        on_required(tx, event)
    else:
        on_assigned(tx, event)


def on_assigned(tx: Transaction, event: ReceivedEvent) -> None:
    """The visit was assigned: it is a to-do of that member as well."""
    data = event.data
    row = todos.entry(
        event, "visit_assigned", data["visit_id"], member_id=data["assignee_member_id"], due_at=data["due_at"]
    )
    todos.keep(tx, [row])


def on_escalated(tx: Transaction, event: ReceivedEvent) -> None:
    """A visit long overdue becomes a to-do of the officers too."""
    todos.keep(tx, [_due(event, "visit_escalated", "union", overdue=True)])


def on_claim_refused(tx: Transaction, event: ReceivedEvent) -> None:
    """The funds refused: the claim is to be corrected by the unit's chair, who isn't told the rule.

    Its key names the occasion, as benefit.hospitalisation.cap does; what is to be put right, the reason's code says.
    """
    data = event.data
    params = {"reason_code": data["reason_code"]}
    row = todos.entry(event, "claim_refused", data["visit_id"], role="chair", unit_id=data["unit_id"], params=params)
    todos.keep(tx, [row])


def on_over(tx: Transaction, event: ReceivedEvent) -> None:
    """A visit was made, closed or cancelled: its to-dos are closed; a later refusal may open one again."""
    visit_id: UUID = event.data["visit_id"]
    kinds = (*_OPEN_KINDS, "claim_refused")
    todos.keep(tx, [todos.entry(event, kind, visit_id, done=True) for kind in kinds])


def _due(event: ReceivedEvent, kind: str, level: str, overdue: bool) -> dict[str, Any]:
    data = event.data
    of_unit = level == "unit"
    return todos.entry(
        event,
        kind,
        data["visit_id"],
        role="chair" if of_unit else "officer",
        unit_id=data["unit_id"],
        due_at=data["due_at"],
        overdue=overdue,
    )
