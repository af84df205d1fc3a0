"""To-dos of voters and scrutineers from the call to what they do or the end, and messages about results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_NAMED, _SECRET = "ballot_to_vote", "secret_ballot_to_vote"


def on_called(tx: Transaction, event: ReceivedEvent) -> None:
    """Voters are to vote, until the ballot closes."""
    fingerprint = event.data["fingerprint"]
    told = {"params": {"fingerprint": fingerprint, "keys": event.data["keys"]}} if fingerprint else {}
    todos.keep(tx, _entries(event, _SECRET if fingerprint else _NAMED, due_at=event.data["closes_at"], **told))


def on_voted(tx: Transaction, event: ReceivedEvent) -> None:
    """Who voted has nothing more to do."""
    todos.keep(tx, _entries(event, _NAMED, done=True))


def on_ended(tx: Transaction, event: ReceivedEvent) -> None:
    """Secret votes are not taken any more; the voters are told how the board ends."""
    todos.keep(tx, _entries(event, _SECRET, done=True))
    _note(tx, event, {"entries": event.data["entries"], "chain": event.data["chain"]})


def on_told(tx: Transaction, event: ReceivedEvent) -> None:
    """The ballot ended: nothing is to be done, and the voters are told what came of it."""
    todos.keep(tx, _entries(event, _SECRET if event.data["secrecy"] == "secret" else _NAMED, done=True))
    _note(tx, event, {"outcome": event.data["outcome"]})


def _note(tx: Transaction, event: ReceivedEvent, params: dict[str, Any]) -> None:
    about = {"event": event, "subject_id": event.data["ballot_id"], "params": params}
    timeline.note_many(tx, ({**about, "member_id": member_id} for member_id in event.data["member_ids"]))


def _entries(event: ReceivedEvent, kind: str, **about: Any) -> Iterator[dict[str, Any]]:
    ballot_id = event.data["ballot_id"]
    for member_id in event.data["member_ids"]:
        yield todos.entry(event, kind, ballot_id, member_id=member_id, **about)
