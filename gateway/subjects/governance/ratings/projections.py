"""Messages to who may fill in a sheet. There is no to-do: nobody knows who has done it."""

from __future__ import annotations

from gateway.read_models import timeline
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def on_called(tx: Transaction, event: ReceivedEvent) -> None:
    """Members are called, or all are reminded."""
    _note(tx, event, "again" if event.data["again"] else "called")


def on_told(tx: Transaction, event: ReceivedEvent) -> None:
    """Members can read a result, or learn that a round was cancelled."""
    _note(tx, event, event.data["end"])


def _note(tx: Transaction, event: ReceivedEvent, what: str) -> None:
    data = event.data
    params = {"what": what, "kind": data["kind"]}
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": data["rating_id"], "member_id": one, "params": params}
            for one in data["member_ids"]
        ),
    )
