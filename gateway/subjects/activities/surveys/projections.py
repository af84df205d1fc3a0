"""To-dos and messages of who is asked. Of anonymous surveys an entry goes only with twenty others, or at the end."""

from __future__ import annotations

from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_KIND = "survey_to_answer"


def on_called(tx: Transaction, event: ReceivedEvent) -> None:
    """Members are asked, which their to-do tells; or they are reminded, or have more time, which a message tells."""
    data = event.data
    first = data["call"] == "called"
    asked = [
        todos.entry(event, _KIND, data["survey_id"], member_id=one, due_at=data["closes_at"], told=first)
        for one in data["member_ids"]
    ]
    todos.keep(tx, asked)
    if not first:
        _note(tx, event, data["call"])


def on_answered(tx: Transaction, event: ReceivedEvent) -> None:
    """Members need not be asked again."""
    survey_id = event.data["survey_id"]
    done = [todos.entry(event, _KIND, survey_id, member_id=one, done=True) for one in event.data["member_ids"]]
    todos.keep(tx, done)


def on_closed(tx: Transaction, event: ReceivedEvent) -> None:
    """Nobody is asked any more."""
    todos.keep_for_each(tx, event, event.data["survey_id"], {_KIND: {}})


def on_told(tx: Transaction, event: ReceivedEvent) -> None:
    """Members learn that a survey ended early, was cancelled, or that its result can be read."""
    _note(tx, event, event.data["end"])


def _note(tx: Transaction, event: ReceivedEvent, what: str) -> None:
    survey_id = event.data["survey_id"]
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": survey_id, "member_id": one, "params": {"what": what}}
            for one in event.data["member_ids"]
        ),
    )
