"""Messages on members' timelines about bookings that changed without them."""

from __future__ import annotations

from typing import Any

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_booked(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell who waited of the slot; who booked it knows."""
    if event.data["moved_up"]:
        _note(tx, event, {})


def on_cancelled(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member why the booking ended, unless it was the member who ended it."""
    if event.data["cause"] != "by_member":
        _note(tx, event, {"cause": event.data["cause"]})


def on_missed(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member of an absence, and of the bar that follows from it."""
    until = event.data["barred_until"]
    _note(tx, event, {"until": until.isoformat()} if until else {})


def on_excused(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member that an absence was taken back."""
    _note(tx, event, {})


def _note(tx: Transaction, event: ReceivedEvent, params: dict[str, Any]) -> None:
    data = event.data
    timeline.note(tx, event, subject_id=data["place_id"], member_id=data["member_id"], params=params)
