"""Messages on members' timelines about places of their children; never anything of a child."""

from __future__ import annotations

from typing import Any

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_confirmed(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member whose child waited of the place; who got it at once knows."""
    if event.data["moved_up"]:
        _note(tx, event, {})


def on_withdrawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member why a registration ended, unless it was the member who ended it."""
    if event.data["cause"] != "by_guardian":
        _note(tx, event, {"cause": event.data["cause"]})


def _note(tx: Transaction, event: ReceivedEvent, params: dict[str, Any]) -> None:
    data = event.data
    timeline.note(tx, event, subject_id=data["class_id"], member_id=data["member_id"], params=params)
