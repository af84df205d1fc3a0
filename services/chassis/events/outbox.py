"""Stores events in the transaction that caused them, numbered per subject; the relay publishes them later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from services.chassis.database.bulk import insert_rows, prepared_insert
from services.chassis.database.engine import rows_changed
from services.chassis.database.tables import EventSequence, OutboxEvent
from services.chassis.identifiers import uuid7

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from services.chassis.database.transaction import Transaction

_TABLE = cast("sa.Table", OutboxEvent.__table__)
_SEQUENCES = cast("sa.Table", EventSequence.__table__)
# The same condition as the partial index, else SQLite does not use the index.
_PUBLISHED_BUT_OPEN = sa.update(_TABLE).where(sa.text("NOT settled"), _TABLE.c.published_at.is_not(None))


def write(tx: Transaction) -> int:
    """Store all events of the transaction in a few statements; return how many there were.

    Raises:
        marshmallow.ValidationError: an event's data breaks its schema; nothing is stored.
    """
    if not tx.events:
        return 0
    announced = [(event, event.payload(), context) for event, context in tx.events]
    subjects = [event.subject.format(**payload) for event, payload, _ in announced]
    # Before the ids are made, so that a transaction that waits for a subject's lock gets later ids.
    sequences = _numbered(tx.session, subjects)
    columns: dict[str, Sequence[Any]] = {
        "id": [uuid7() for _ in announced],
        "type": [event.type for event, _, _ in announced],
        "version": [event.version for event, _, _ in announced],
        "subject": subjects,
        "sequence": sequences,
        "correlation_id": [context.correlation_id for _, _, context in announced],
        "causation_id": [context.causation_id for _, _, context in announced],
        "traceparent": [context.traceparent for _, _, context in announced],
        "data": [payload for _, payload, _ in announced],
    }
    insert_rows(tx.session, _TABLE, columns, {"time": tx.now, "settled": False})
    tx.events.clear()
    return len(announced)


def _numbered(session: Session, subjects: list[str]) -> list[int]:
    """Return the sequence number of each event within its subject, in their order."""
    totals = Counter(subjects)
    following = {subject: last - totals[subject] for subject, last in _advance(session, totals).items()}
    numbers = []
    for subject in subjects:
        following[subject] += 1
        numbers.append(following[subject])
    return numbers


def _advance(session: Session, counts: Counter[str]) -> dict[str, int]:
    """Increment the subjects' counters, always in the same order, which prevents deadlocks."""
    subjects = sorted(counts)
    columns: dict[str, Sequence[Any]] = {"subject": subjects, "value": [counts[subject] for subject in subjects]}
    new, rows = prepared_insert(session, _SEQUENCES, columns, {})
    statement = new.on_conflict_do_update(
        index_elements=["subject"], set_={"value": _SEQUENCES.c.value + new.excluded.value}
    ).returning(_SEQUENCES.c.subject, _SEQUENCES.c.value)
    return {row.subject: row.value for row in session.connection().execute(statement, rows)}


def sequences_of(session: Session, subjects: list[str]) -> dict[str, int]:
    """Return how many events each of the subjects has had; subjects without events are left out."""
    wanted = sa.select(_SEQUENCES.c.subject, _SEQUENCES.c.value).where(_SEQUENCES.c.subject.in_(subjects))
    return {row.subject: row.value for row in session.execute(wanted)} if subjects else {}


def unpublished(session: Session, most: int) -> list[sa.Row[Any]]:
    """Return the oldest unpublished events."""
    statement = sa.select(_TABLE).where(_TABLE.c.published_at.is_(None)).order_by(_TABLE.c.position).limit(most)
    return list(session.execute(statement))


def mark_published(session: Session, positions: list[int], at: datetime, *, settled: bool) -> None:
    """Mark these events as published. `settled` when the broker stores them durably."""
    published = sa.update(_TABLE).where(_TABLE.c.position.in_(positions))
    session.execute(published.values(published_at=at, settled=settled))


def settle(session: Session) -> int:
    """Mark all published events as handled; needed by the embedded broker only, which loses them in a crash."""
    return rows_changed(session, _PUBLISHED_BUT_OPEN.values(settled=True))


def unsettle(session: Session) -> int:
    """Mark events that the embedded broker may have lost for publishing again; consumers drop repeats."""
    return rows_changed(session, _PUBLISHED_BUT_OPEN.values(published_at=None))


def depth_and_age(session: Session, at: datetime) -> tuple[int, float]:
    """Return how many events wait for publication, and how many seconds the oldest of them has waited."""
    waiting = _TABLE.c.published_at.is_(None)
    first = sa.select(_TABLE.c.time).where(waiting).order_by(_TABLE.c.position).limit(1).scalar_subquery()
    count, oldest = session.execute(sa.select(sa.func.count(), first).where(waiting).select_from(_TABLE)).one()
    return int(count), max(0.0, (at - oldest).total_seconds()) if oldest else 0.0
