"""To-dos of units whose seats are vacant and of officers who renew a term, and messages to delegates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.live import telling
from gateway.read_models import gatherings, timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

VACANT = "seats_vacant"
RENEWAL, RENEWAL_LATE = "renewal", "renewal_late"


def on_seats(tx: Transaction, event: ReceivedEvent) -> None:
    """A unit elects as long as seats of it are vacant."""
    data = event.data
    params = {"congress_id": str(data["congress_id"]), "body": data["body"], "vacant": data["vacant"]}
    done = not data["vacant"]
    entry = todos.entry(
        event, VACANT, data["seats_id"], role="chair", unit_id=data["unit_id"], params=params, done=done
    )
    todos.keep(tx, [entry])


def on_renewal(tx: Transaction, event: ReceivedEvent) -> None:
    """A renewal waits for the officers, who are told when it opens and when something of it is late."""
    data = event.data
    waits = not data["over"] and data["done"] < data["items"]
    entries = []
    for kind, open_, teller in (
        (RENEWAL, waits and not data["late"], "renewal_opened"), (RENEWAL_LATE, waits and data["late"], "renewal_late"),
    ):  # fmt: skip
        parts: dict[str, Any] = {"done": True}
        if open_:
            due_at = start_of(data["next_due_on"] + timedelta(days=1))
            parts = {"role": "officer", "due_at": due_at, "overdue": kind == RENEWAL_LATE}
        entries.append(todos.entry(event, kind, data["congress_id"], told=event.type == teller, **parts))
    todos.keep(tx, entries)


def on_elected(tx: Transaction, event: ReceivedEvent) -> None:
    """Somebody was elected."""
    _tell(tx, event, {"body": event.data["body"]})


def on_ended(tx: Transaction, event: ReceivedEvent) -> None:
    """A seat ended; who left is not told. Sessions to come leave the calendar of who has no other seat."""
    if not event.data["still_serves"]:
        gatherings.end_seat(tx, event.data["member_id"], event.data["congress_id"])
    if event.data["reason"] not in ("left", "mistake"):
        _tell(tx, event, {"body": event.data["body"], "reason": event.data["reason"]})


def _tell(tx: Transaction, event: ReceivedEvent, params: dict[str, str]) -> None:
    data = event.data
    timeline.note(tx, event, subject_id=data["congress_id"], member_id=data["member_id"], params=params)


def on_convened(tx: Transaction, event: ReceivedEvent) -> None:
    """Delegates are called to a session, or to another day or place; members are invited without a vote."""
    gatherings.note_session(tx, event)
    data = event.data
    told: dict[str, Any] = {name: data[name] for name in ("term", "number", "moved") if name in data}
    params: dict[str, Any] = {**told, "opens_on": data["opens_on"].isoformat()}
    timeline.note_many(
        tx,
        (
            {"event": event, "subject_id": data["session_id"], "member_id": one, "params": params}
            for one in data["member_ids"]
        ),
    )


def on_session(tx: Transaction, event: ReceivedEvent) -> None:
    """What open pages show of a session changed."""
    session_id = event.data["session_id"]
    tx.after_commit(lambda: telling.tell_session(session_id))
