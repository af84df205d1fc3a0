"""To-dos of scrutineers: to send a key, to give a share."""

from __future__ import annotations

from gateway.read_models import todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_KINDS = {"key": "ballot_key_to_make", "share": "ballot_share_to_give"}


def on_called(tx: Transaction, event: ReceivedEvent) -> None:
    """Scrutineers are to do something."""
    _keep(tx, event, done=False)


def on_done(tx: Transaction, event: ReceivedEvent) -> None:
    """Scrutineers have nothing more to do."""
    _keep(tx, event, done=True)


def _keep(tx: Transaction, event: ReceivedEvent, *, done: bool) -> None:
    data = event.data
    kind, ballot_id = _KINDS[data["task"]], data["ballot_id"]
    todos.keep(tx, (todos.entry(event, kind, ballot_id, member_id=one, done=done) for one in data["member_ids"]))
