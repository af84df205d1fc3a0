"""Which to-dos visitors and officers have of campaigns."""

from __future__ import annotations

from datetime import timedelta

from gateway.read_models import todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_assigned(tx: Transaction, event: ReceivedEvent) -> None:
    """A visitor has people to visit, or none any more."""
    data = event.data
    if not data["people"]:
        todos.keep(tx, [todos.entry(event, "care_to_give", data["assignment_id"], done=True)])
        return
    row = todos.entry(
        event, "care_to_give", data["assignment_id"], member_id=data["visitor_member_id"],
        due_at=start_of(data["due_on"] + timedelta(days=1)), params={"people": data["people"]},
    )  # fmt: skip
    todos.keep(tx, [row])


def on_payment_refused(tx: Transaction, event: ReceivedEvent) -> None:
    """The payment of a campaign is to be put again, or was."""
    data = event.data
    row = todos.entry(event, "care_payment_refused", data["campaign_id"], role="officer", done=not data["open"])
    todos.keep(tx, [row])
