"""To-dos of voters from the call to the vote or the end, and messages about results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_KIND = "ballot_to_vote"


def on_called(tx: Transaction, event: ReceivedEvent) -> None:
    """Voters are to vote, until the ballot closes."""
    todos.keep(tx, _entries(event, due_at=event.data["closes_at"]))


def on_voted(tx: Transaction, event: ReceivedEvent) -> None:
    """Who voted has nothing more to do."""
    todos.keep(tx, _entries(event, done=True))


def on_told(tx: Transaction, event: ReceivedEvent) -> None:
    """The ballot ended: nothing is to be done, and the voters are told what came of it."""
    todos.keep(tx, _entries(event, done=True))
    data = event.data
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": data["ballot_id"], "member_id": one, "params": {"outcome": data["outcome"]}}
            for one in data["member_ids"]
        ),
    )


def _entries(event: ReceivedEvent, **about: Any) -> Iterator[dict[str, Any]]:
    ballot_id = event.data["ballot_id"]
    for member_id in event.data["member_ids"]:
        yield todos.entry(event, _KIND, ballot_id, member_id=member_id, **about)
