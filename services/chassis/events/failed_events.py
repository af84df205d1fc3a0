"""Operations on events that a service could not handle: listing, reading, replaying, discarding.

Belongs here: these operations, with history. `inbox` and `handlers` decide when an event has failed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import ChangeHistory, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.tables import InboxEvent
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import ListedOperations, answers, on_call
from services.chassis.errors import Refused
from services.chassis.events import inbox
from services.chassis.schema import Operation

OPEN = (inbox.FAILED, inbox.DEAD)
MOST_DECISIONS = 50


class Operations(ListedOperations, Protocol):
    """The four operations of one service, as declared by its contract."""

    @property
    def replay(self) -> Operation: ...
    @property
    def discard(self) -> Operation: ...


def list_failed_events(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of failed and dead events, latest first.

    Args:
        tx: the transaction.
        request: `state` to filter by, `cursor`, `limit`.
    """
    wanted = [request["state"]] if request.get("state") else list(OPEN)
    # Written into the statement as they are, so that the index over open rows serves it.
    states: Any = sa.bindparam(None, wanted, unique=True, expanding=True, literal_execute=True)
    keys = [(column, "desc") for column in (InboxEvent.received_at, InboxEvent.consumer, InboxEvent.event_id)]
    statement = sa.select(InboxEvent).where(InboxEvent.status.in_(states))
    page = page_of(tx, statement, request, keys)
    return page.reply([_to_reply(row) for row in page.rows])


def get_failed_event(tx: Transaction, consumer: str, event_id: UUID) -> dict[str, Any]:
    """Return one event with the ids in its body and the decisions made about it.

    Raises:
        NotFound: the consumer never saw it.
    """
    row = tx.get(InboxEvent, (consumer, event_id), "This consumer has seen no such event.", rule="events.was_seen")
    tx.session.refresh(row)
    return {**_to_reply(row), "ids": _ids_in(row.body), "decisions": _decisions(tx, consumer, event_id)}


def replay_event(tx: Transaction, consumer: str, event_id: UUID, reason: str | None = None) -> dict[str, Any]:
    """Make an event due now, with all its attempts again.

    Raises:
        NotFound: the consumer never saw it.
        Refused: it is neither failed nor dead.
    """
    before = get_failed_event(tx, consumer, event_id)
    _require(inbox.replay(tx.session, consumer, event_id, tx.now), before)
    return _decided(tx, before, "replayed", reason)


def discard_event(tx: Transaction, consumer: str, event_id: UUID, reason: str) -> dict[str, Any]:
    """Give up on an event for good; it stays on record with the reason.

    Raises:
        NotFound: the consumer never saw it.
        Refused: it is neither failed nor dead.
    """
    before = get_failed_event(tx, consumer, event_id)
    _require(inbox.discard(tx.session, consumer, event_id), before)
    return _decided(tx, before, inbox.DISCARDED, reason)


def failed_event_entrypoints(operations: Operations) -> Any:
    """Return a class with the four entrypoints, a base class for the service.

    Args:
        operations: as its contract declares them.
    """

    @answers((operations.list, list_failed_events))
    class FailedEventEntrypoints:
        """异常消息: the service's failed events by RPC."""

        @on_call(operations.get)
        def get_failed_event(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return get_failed_event(tx, **request)

        @on_call(operations.replay)
        def replay_event(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return replay_event(tx, **request)

        @on_call(operations.discard)
        def discard_event(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return discard_event(tx, **request)

    return FailedEventEntrypoints


def _to_reply(row: InboxEvent) -> dict[str, Any]:
    envelope = _envelope(row.body)
    return {
        **{name: getattr(row, name) for name in ("consumer", "event_id", "status", "attempts", "received_at")},
        "next_at": row.next_at,
        "error": row.error,
        "source": _text(envelope.get("source"), "/"),
        **{name: _text(envelope.get(name)) for name in ("type", "subject")},
        "correlation_id": _text(envelope.get("correlationid")),
    }


def _envelope(body: str | None) -> dict[str, Any]:
    try:
        read = json.loads(body or "")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _text(value: Any, prefix: str = "") -> str | None:
    return value.removeprefix(prefix)[:120] if isinstance(value, str) else None


def _ids_in(body: str | None) -> dict[str, str]:
    """Return the fields of the body that hold ids; operators may see nothing else of it."""
    data = _envelope(body).get("data")
    if not isinstance(data, dict):
        return {}
    return {name: value for name, value in data.items() if _is_id(value)}


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _require(done: bool, before: Mapping[str, Any]) -> None:
    if not done:
        raise Refused(
            f"The event is {before['status']}; only a failed or dead one can be replayed or discarded.",
            rule="events.is_open",
            params={"state": before["status"], "legal": list(OPEN)},
        )


def _decided(tx: Transaction, before: Mapping[str, Any], became: str, reason: str | None) -> dict[str, Any]:
    consumer, event_id = before["consumer"], before["event_id"]
    note_change(tx, f"event/{event_id}", {consumer: (before["status"], became)}, (reason or "").strip() or None)
    tx.session.flush()
    return get_failed_event(tx, consumer, event_id)


def _decisions(tx: Transaction, consumer: str, event_id: UUID) -> list[dict[str, Any]]:
    statement = sa.select(ChangeHistory).where(ChangeHistory.subject == f"event/{event_id}")
    rows = tx.session.scalars(statement.order_by(ChangeHistory.id.desc()).limit(MOST_DECISIONS))
    return [
        {"at": row.changed_at, "by": row.changed_by, "became": row.changes[consumer]["new"], "reason": row.reason}
        for row in rows
        if consumer in row.changes
    ]
