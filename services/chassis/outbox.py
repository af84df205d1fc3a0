"""Writing events beside the change that caused them, numbered per subject; the relay publishes them later."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from services.chassis.database import rows_changed, upsert
from services.chassis.identifiers import uuid7
from services.chassis.tables import EventSequence, OutboxEvent

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from services.chassis.transaction import Transaction

ROWS_PER_STATEMENT = 200
"""Keeps one statement below SQLite's limit of bound values."""

_TABLE = cast("sa.Table", OutboxEvent.__table__)
_SEQUENCES = cast("sa.Table", EventSequence.__table__)
# In the words of the partial index, else SQLite does not use it.
_PUBLISHED_BUT_OPEN = sa.update(_TABLE).where(sa.text("NOT settled"), _TABLE.c.published_at.is_not(None))


def write(tx: Transaction) -> int:
    """Store the transaction's events, whatever their number, in a few statements; return how many there were.

    Raises:
        marshmallow.ValidationError: an event's data breaks its schema; nothing is stored.
    """
    if not tx.events:
        return 0
    announced = [(event, event.payload(), context) for event, context in tx.events]
    subjects = [event.subject.format(**payload) for event, payload, _ in announced]
    last = _advance(tx.session, Counter(subjects))
    seen: Counter[str] = Counter()
    totals = Counter(subjects)
    rows: list[dict[str, Any]] = []
    for (event, payload, context), subject in zip(announced, subjects, strict=True):
        seen[subject] += 1
        rows.append(
            {
                "id": uuid7(),
                "type": event.type,
                "version": event.version,
                "subject": subject,
                "sequence": last[subject] - totals[subject] + seen[subject],
                "time": tx.now,
                "correlation_id": context.correlation_id,
                "causation_id": context.causation_id,
                "traceparent": context.traceparent,
                "data": payload,
                "published_at": None,
                "settled": False,
            }
        )
    tx.session.connection().execute(sa.insert(_TABLE), rows)
    tx.events.clear()
    return len(rows)


def _advance(session: Session, counts: Counter[str]) -> dict[str, int]:
    """Count the subjects up, always in the same order so that two transactions never wait for each other in a ring."""
    ordered = sorted(counts.items())
    last: dict[str, int] = {}
    new = upsert(session, _SEQUENCES)
    statement = new.on_conflict_do_update(
        index_elements=["subject"], set_={"value": _SEQUENCES.c.value + new.excluded.value}
    ).returning(_SEQUENCES.c.subject, _SEQUENCES.c.value)
    for start in range(0, len(ordered), ROWS_PER_STATEMENT):
        part = [{"subject": subject, "value": count} for subject, count in ordered[start : start + ROWS_PER_STATEMENT]]
        last.update({row.subject: row.value for row in session.connection().execute(statement, part)})
    return last


def unpublished(session: Session, most: int) -> list[sa.Row[Any]]:
    """Return the oldest events nobody has heard of yet."""
    statement = sa.select(_TABLE).where(_TABLE.c.published_at.is_(None)).order_by(_TABLE.c.position).limit(most)
    return list(session.execute(statement))


def mark_published(session: Session, positions: list[int], at: datetime, *, settled: bool) -> None:
    """Note that the broker has these events. `settled` where the broker keeps them by itself."""
    published = sa.update(_TABLE).where(_TABLE.c.position.in_(positions))
    session.execute(published.values(published_at=at, settled=settled))


def settle(session: Session) -> int:
    """Note that every published event was handled; only the embedded broker, which forgets at a crash, needs it."""
    return rows_changed(session, _PUBLISHED_BUT_OPEN.values(settled=True))


def unsettle(session: Session) -> int:
    """Publish again what the embedded broker may have lost; consumers drop what they had."""
    return rows_changed(session, _PUBLISHED_BUT_OPEN.values(published_at=None))


def depth_and_age(session: Session, at: datetime) -> tuple[int, float]:
    """Return how many events wait for publication, and how many seconds the oldest has waited."""
    count, oldest = session.execute(
        sa.select(sa.func.count(), sa.func.min(_TABLE.c.time)).where(_TABLE.c.published_at.is_(None))
    ).one()
    return int(count), (at - oldest).total_seconds() if oldest else 0.0
