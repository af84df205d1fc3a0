"""To-dos and timeline messages of mutual aid. Nothing here says what happened to anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.clock import SHANGHAI
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.welfare.mutual_aid.vocabulary import OPEN_CLAIMS

KIND = "mutual_aid_claim"
TOLD = ("forwarded", "sent_on", "paid", "refused")
"""States of a claim that are news to its member, who filed and withdrew it."""


def note_covers(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Tell members that they are covered, or no longer."""
    timeline.note_many(
        tx,
        [
            {
                "event": event,
                "subject_id": event.data["cover_id"],
                "member_id": event.data["member_id"],
                "params": {"state": event.data["state"]},
            }
            for event in events
        ],
    )


def on_claim(tx: Transaction, event: ReceivedEvent) -> None:
    """A claim is in the hands of the unit's chair, then of officers; its member hears how it goes on."""
    data = event.data
    todos.keep(tx, [_in_hand(event, overdue=False)])
    if data["state"] in TOLD:
        params = {"state": data["state"]}
        timeline.note(tx, event, subject_id=data["claim_id"], member_id=data["member_id"], params=params)


def on_due(tx: Transaction, event: ReceivedEvent) -> None:
    """A claim is due soon, or overdue: who has it in hand is told again."""
    todos.keep(tx, [_in_hand(event, overdue=event.data["overdue"])])


def _in_hand(event: ReceivedEvent, *, overdue: bool) -> dict[str, Any]:
    data = event.data
    return todos.entry(
        event,
        KIND,
        data["claim_id"],
        role="chair" if data["state"] == "submitted" else "officer",
        unit_id=data["unit_id"],
        due_at=datetime.combine(data["due_on"], time.max, tzinfo=SHANGHAI),
        overdue=overdue,
        done=data["state"] not in OPEN_CLAIMS,
    )
