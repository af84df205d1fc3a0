"""The to-do of the officers that an opinion is due: a random id and a day, not what it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.read_models import todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_opinion(tx: Transaction, event: ReceivedEvent) -> None:
    """An opinion is due, overdue, or due no more."""
    parts: dict[str, Any] = {"done": True}
    if event.type != "dismissal_opinion_settled":
        due_at = start_of(event.data["due_on"] + timedelta(days=1))
        overdue = event.type == "dismissal_opinion_overdue"
        parts = {"role": "officer", "due_at": due_at, "overdue": overdue}
    todos.keep(tx, [todos.entry(event, "private_opinion", event.data["case_id"], **parts)])
