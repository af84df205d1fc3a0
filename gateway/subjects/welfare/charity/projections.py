"""Which to-dos a charity drive opens and closes: cash is counted; after the end it is handed over, then disclosed."""

from __future__ import annotations

from gateway.read_models import todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

HAND_OVER, DISCLOSE, COUNT = "drive_to_hand_over", "drive_to_disclose", "cash_to_count"


def on_cash(tx: Transaction, event: ReceivedEvent) -> None:
    """The unit's chair is to see to it that two persons count the cash, until all is counted."""
    data = event.data
    of_unit = {"role": "chair", "unit_id": data["unit_id"]}
    todos.keep(tx, [todos.entry(event, COUNT, data["drive_id"], **of_unit, done=not data["open"])])


def on_closed(tx: Transaction, event: ReceivedEvent) -> None:
    """Officers are to hand the money over."""
    todos.keep(tx, [todos.entry(event, HAND_OVER, event.data["drive_id"], role="officer")])


def on_handed_over(tx: Transaction, event: ReceivedEvent) -> None:
    """The money is with the charity; officers are to disclose what it was used for."""
    drive_id = event.data["drive_id"]
    todos.keep(
        tx,
        [
            todos.entry(event, HAND_OVER, drive_id, done=True),
            todos.entry(event, DISCLOSE, drive_id, role="officer"),
        ],
    )


def on_disclosed(tx: Transaction, event: ReceivedEvent) -> None:
    """Nothing is left to do."""
    todos.keep(tx, [todos.entry(event, DISCLOSE, event.data["drive_id"], done=True)])
