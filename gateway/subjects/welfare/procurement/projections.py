"""Which to-dos a purchase opens and closes."""

from __future__ import annotations

from gateway.read_models import todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """A need waits for quotes, a delivery for its second person, a refused payment for its correction."""
    data = event.data
    purchase_id, state = data["purchase_id"], data["state"]
    by_unit = {"role": "chair", "unit_id": data["unit_id"]} if data["unit_id"] else {"role": "officer"}
    open_now = {
        "purchase_needed": (state == "need", {"role": "officer"}),
        "delivery_counted": (data["counted"], by_unit),
        "purchase_payment_refused": (state == "refused", {"role": "officer"}),
    }
    todos.keep(
        tx,
        [
            todos.entry(event, kind, purchase_id, **(whose if is_open else {"done": True}))
            for kind, (is_open, whose) in open_now.items()
        ],
    )
