"""Moves applications and to-dos of a unit that ends to another one."""

from __future__ import annotations

from uuid import UUID

from gateway.read_models import applications, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_merged(tx: Transaction, event: ReceivedEvent) -> None:
    """Move them to the unit it was merged into."""
    _hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])


def note_split(tx: Transaction, event: ReceivedEvent) -> None:
    """Move them to the first of the new units, if the old one was closed."""
    if event.data["closed"]:
        _hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])


def _hand_over(tx: Transaction, unit_id: UUID, heir_id: UUID) -> None:
    applications.hand_over(tx, unit_id, heir_id)
    todos.hand_over(tx, unit_id, heir_id)
