"""The inbox: makes handling exactly once in effect, and stores failed events, to be replayed or discarded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import prepared_insert
from services.chassis.database.engine import rows_changed, upsert
from services.chassis.database.tables import InboxEvent

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HANDLED, FAILED, DEAD, DISCARDED = "handled", "failed", "dead", "discarded"
RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 600, 3600, 6 * 3600, 24 * 3600))
"""Pauses between attempts; an event that fails again after the last one is dead."""
LONGEST_ERROR = 2_000
LONGEST_UNREADABLE = 100_000
"""Characters stored of an unreadable body."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TABLE = cast("sa.Table", InboxEvent.__table__)


def claim(session: Session, consumer: str, ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Insert the events into the inbox and return those that are new to this consumer.

    A second delivery of an event waits here for the transaction of the first, then finds its row.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return set()
    same = {"consumer": consumer, "status": HANDLED, "attempts": 1, "received_at": at}
    statement, rows = prepared_insert(session, _TABLE, {"event_id": wanted}, same)
    new = statement.on_conflict_do_nothing().returning(_TABLE.c.event_id)
    return set(session.connection().execute(new, rows).scalars())


def reclaim(session: Session, consumer: str, event_id: UUID) -> bool:
    """Lock a failed event for another attempt; False when it was handled or discarded meanwhile."""
    return _settle(session, consumer, event_id, status=HANDLED, next_at=None, error=None, body=None)


def storable(text: str) -> str:
    """Return a text in which NUL and lone surrogates, which no UTF-8 database can store, are replaced."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def keep_failed(session: Session, consumer: str, event_id: UUID, body: str, error: str, at: datetime) -> str:
    """Store a failed attempt and when the next one is due. Returns the status: failed, or dead after the last one."""
    row = session.get(InboxEvent, (consumer, event_id), with_for_update=True)
    if row is None:
        row = InboxEvent(consumer=consumer, event_id=event_id, attempts=0, received_at=at, status=FAILED)
        session.add(row)
    elif row.status in (HANDLED, DISCARDED):
        return row.status
    row.attempts += 1
    row.error, row.body = storable(error)[:LONGEST_ERROR], storable(body)
    if row.attempts > len(RETRY_AFTER):
        row.status, row.next_at = DEAD, None
    else:
        row.status, row.next_at = FAILED, at + RETRY_AFTER[row.attempts - 1]
    return row.status


def keep_dead(session: Session, consumer: str, event_id: UUID, body: str, error: str, at: datetime) -> bool:
    """Store a message as dead, with its raw body.

    A failed one becomes dead; handled, discarded or dead ones stay as they are. Returns whether it is new here.
    """
    row = {"status": DEAD, "error": storable(error)[:LONGEST_ERROR], "body": storable(body), "next_at": None}
    statement = upsert(session, InboxEvent).values(
        consumer=consumer, event_id=event_id, attempts=1, received_at=at, **row
    )
    kept = statement.on_conflict_do_update(
        index_elements=["consumer", "event_id"], set_=row, where=InboxEvent.status == FAILED
    )
    return bool(session.scalars(kept.returning(InboxEvent.event_id)).all())


def due(session: Session, at: datetime, most: int = 50) -> list[InboxEvent]:
    """Return failed events whose next attempt is due, oldest first."""
    statement = (
        sa.select(InboxEvent)
        .where(InboxEvent.status == FAILED, InboxEvent.next_at <= at)
        .order_by(InboxEvent.next_at, InboxEvent.event_id)
        .limit(most)
    )
    return list(session.scalars(statement))


def open_events(session: Session, most: int = 100) -> list[InboxEvent]:
    """Return failed and dead events, latest first."""
    statement = (
        sa.select(InboxEvent)
        .where(InboxEvent.status.in_((FAILED, DEAD)))
        .order_by(InboxEvent.received_at.desc(), InboxEvent.event_id)
        .limit(most)
    )
    return list(session.scalars(statement))


def replay(session: Session, consumer: str, event_id: UUID, at: datetime) -> bool:
    """Make a failed or dead event due now, with all its attempts again; False when there is none."""
    return _settle(session, consumer, event_id, status=FAILED, attempts=1, next_at=at)


def discard(session: Session, consumer: str, event_id: UUID) -> bool:
    """Discard a failed or dead event; its row stays. False when there is none."""
    return _settle(session, consumer, event_id, status=DISCARDED, next_at=None)


_COUNTED = (
    sa.select(InboxEvent.status, sa.func.count())
    .where(InboxEvent.status.in_((FAILED, DEAD)))
    .group_by(InboxEvent.status)
)
"""Asked every second."""


def counts(session: Session) -> dict[str, int]:
    """Return how many events are failed and how many dead."""
    found = {row[0]: row[1] for row in session.execute(_COUNTED)}
    return {FAILED: found.get(FAILED, 0), DEAD: found.get(DEAD, 0)}


def _settle(session: Session, consumer: str, event_id: UUID, **values: Any) -> bool:
    """Change one failed or dead event; False when there is none."""
    statement = sa.update(InboxEvent).where(
        InboxEvent.consumer == consumer, InboxEvent.event_id == event_id, InboxEvent.status.in_((FAILED, DEAD))
    )
    return bool(rows_changed(session, statement.values(**values)))
