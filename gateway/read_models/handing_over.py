"""What a unit that ends leaves to another one: its applications and to-dos."""

from __future__ import annotations

from gateway.read_models import applications, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_merged(tx: Transaction, event: ReceivedEvent) -> None:
    """Hand what waits to the unit it was merged into."""
    applications.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])
    todos.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])


def note_split(tx: Transaction, event: ReceivedEvent) -> None:
    """Hand what waits to the first of the new units, where the old one was closed."""
    if event.data["closed"]:
        applications.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
        todos.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
