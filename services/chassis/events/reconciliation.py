"""Stored progress of each consumer's comparison with its source: since when, up to which id, when next. One row each.

Belongs here: reading and changing these rows. `reconciler` does the comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed, upsert
from services.chassis.database.history import ChangeHistory
from services.chassis.database.tables import InboxEvent, OutboxEvent, Reconciliation
from services.chassis.events import inbox
from services.chassis.identifiers import lowest_id, moment_of
from services.chassis.process.settings import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVERY = timedelta(minutes=5)
"""Pause between two comparisons of new events."""
LEASE = timedelta(minutes=1)
"""How long a replica has a consumer exclusively; renewed with every page. Also the pause after an interrupted run."""
SWEEP_EVERY = timedelta(days=1)
SWEPT = timedelta(days=7)
"""How far back the daily run compares again: transactions may commit ids out of order."""
MARGIN = timedelta(hours=1)
"""Tolerance for differing clocks, near the time when events are deleted."""
MOST_NAMED = 20
"""Ids logged of events that a source does not know."""
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_TABLE = cast("sa.Table", Reconciliation.__table__)


def horizon(at: datetime) -> datetime:
    """Return the time since which outboxes and inboxes are complete; housekeeping deletes older events."""
    return at - timedelta(days=settings().event_retention_days) + MARGIN


def note_consumers(session: Session, consumers: Iterable[str], at: datetime) -> None:
    """Store since when each consumer must have every event; consumers that are stored already stay as they are.

    For a consumer with events in its inbox that is the time of the oldest. A consumer without events is new and begins
    now, unless the whole database is empty: then it was just created or cleared, and all events are needed.
    """
    wanted = sorted(set(consumers))
    known = set(session.scalars(sa.select(Reconciliation.consumer).where(Reconciliation.consumer.in_(wanted))))
    new = [consumer for consumer in wanted if consumer not in known]
    if not new:
        return
    unheard = _BEGINNING if not known and _is_empty(session) else at
    firsts = _first_events(session, new)
    since = {name: moment_of(first) if first else unheard for name, first in zip(new, firsts, strict=True)}
    rows = [_begun(name, moment, at) for name, moment in since.items()]
    session.execute(upsert(session, Reconciliation).on_conflict_do_nothing(), rows)


def _begun(consumer: str, since: datetime, at: datetime) -> dict[str, Any]:
    return {
        "consumer": consumer,
        "since": since,
        "upto": lowest_id(since),
        "due_at": at,
        "swept_at": at,
        "asked_at": at,
        **dict.fromkeys(("completed_at", "resent_at")),
        **dict.fromkeys(("missing", "unannounced", "resent"), 0),
    }


def _is_empty(session: Session) -> bool:
    tables = (InboxEvent.event_id, OutboxEvent.id, ChangeHistory.id)
    return not any(session.scalar(sa.select(sa.exists(sa.select(column)))) for column in tables)


def _first_events(session: Session, consumers: list[str]) -> list[UUID | None]:
    """Return the oldest event of each consumer; without dead ones, whose ids may come from unreadable bodies."""
    firsts = [
        sa.select(InboxEvent.event_id)
        .where(InboxEvent.consumer == consumer, InboxEvent.status != inbox.DEAD)
        .order_by(InboxEvent.event_id)
        .limit(1)
        .scalar_subquery()
        for consumer in consumers
    ]
    return list(session.execute(sa.select(*firsts)).one())


def states(session: Session, consumers: Iterable[str] | None = None) -> list[Reconciliation]:
    """Return the progress of these consumers, or of all of the service, by name."""
    statement = sa.select(Reconciliation).order_by(Reconciliation.consumer)
    if consumers is not None:
        statement = statement.where(Reconciliation.consumer.in_(sorted(consumers)))
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def ask(session: Session, at: datetime, since: datetime | None = None) -> None:
    """Request a new comparison, due now.

    Args:
        session: of the transaction.
        at: the present time.
        since: compare events since this time, also before a consumer was first stored; None for all stored events.
    """
    begin = max(since or _BEGINNING, horizon(at))
    again: dict[str, Any] = {"asked_at": at, "due_at": at, "swept_at": at, "missing": 0, "unannounced": 0}
    if since is not None:
        session.execute(sa.update(Reconciliation).where(_TABLE.c.since > since).values(since=since))
    _go_back(session, begin, again, sa.true())


def sweep(session: Session, consumers: Iterable[str], at: datetime) -> None:
    """Begin the daily comparison of recent days where it is due."""
    due = sa.and_(_TABLE.c.consumer.in_(sorted(consumers)), _TABLE.c.swept_at <= at - SWEEP_EVERY)
    begin = max(at - SWEPT, horizon(at))
    _go_back(session, begin, {"swept_at": at, "missing": 0, "unannounced": 0}, due)


def _go_back(session: Session, begin: datetime, values: dict[str, Any], which: sa.ColumnElement[bool]) -> None:
    first = lowest_id(begin)
    upto = sa.case((_TABLE.c.upto > first, sa.literal(first, sa.Uuid())), else_=_TABLE.c.upto)
    session.execute(sa.update(Reconciliation).where(which).values(upto=upto, **values))


def claim(session: Session, consumers: Iterable[str], at: datetime) -> list[Reconciliation]:
    """Claim the consumers that are due, so that no other replica compares them meanwhile."""
    wanted = sorted(consumers)
    due = sa.update(Reconciliation).where(_TABLE.c.consumer.in_(wanted), _TABLE.c.due_at <= at)
    mine = session.scalars(due.values(due_at=at + LEASE).returning(_TABLE.c.consumer)).all()
    return states(session, mine) if mine else []


def advance(session: Session, consumer: str, before: UUID, upto: UUID, at: datetime, **counted: int) -> bool:
    """Store that a consumer has every event up to an id. False when another replica changed the row meanwhile.

    Args:
        session: of the transaction.
        consumer: which.
        before: the id stored until now.
        upto: the new id.
        at: the moment it is.
        counted: how many more are `missing`, `unannounced` and `resent`.
    """
    values: dict[str, Any] = {name: _TABLE.c[name] + count for name, count in counted.items() if count}
    if counted.get("resent"):
        values["resent_at"] = at
    return _move(session, consumer, before, upto=upto, due_at=at + LEASE, **values)


def complete(session: Session, consumer: str, upto: UUID, asked_at: datetime | None, at: datetime) -> bool:
    """Store that the run has reached the present. False when another replica changed the row meanwhile.

    Args:
        session: of the transaction.
        consumer: which.
        upto: the id reached.
        asked_at: as it was when the run began; a later request needs a later run.
        at: the moment it is.
    """
    answered = _TABLE.c.asked_at.is_not_distinct_from(sa.literal(asked_at, _TABLE.c.asked_at.type))
    return _move(
        session,
        consumer,
        upto,
        completed_at=at,
        asked_at=sa.case((answered, sa.null()), else_=_TABLE.c.asked_at),
        due_at=sa.case((answered, sa.literal(at + EVERY, _TABLE.c.due_at.type)), else_=_TABLE.c.asked_at),
    )


def _move(session: Session, consumer: str, before: UUID, **values: Any) -> bool:
    statement = sa.update(Reconciliation).where(_TABLE.c.consumer == consumer, _TABLE.c.upto == before)
    return bool(rows_changed(session, statement.values(**values)))


def accounted(session: Session, consumer: str, ids: Iterable[UUID]) -> set[UUID]:
    """Return which of the events are in a consumer's inbox: handled, failed, dead or discarded."""
    wanted = sorted(ids)
    if not wanted:
        return set()
    known = sa.select(InboxEvent.event_id).where(InboxEvent.consumer == consumer, InboxEvent.event_id.in_(wanted))
    return set(session.scalars(known))


class Unannounced(NamedTuple):
    """Events of a consumer that its source does not list: how many, and the ids of some."""

    number: int
    some: list[UUID]


def unannounced(session: Session, consumer: str, after: UUID, upto: UUID, listed: Sequence[UUID]) -> Unannounced:
    """Return events of a consumer with ids above `after` and up to `upto` that its source does not list."""
    own = (InboxEvent.consumer == consumer, InboxEvent.event_id > after, InboxEvent.event_id <= upto)
    count = int(session.scalar(sa.select(sa.func.count()).where(*own)) or 0)
    known = sa.select(sa.func.count()).where(*own, InboxEvent.event_id.in_(listed))
    strange = count - int(session.scalar(known) or 0) if count and listed else count
    if not strange:
        return Unannounced(0, [])
    some = sa.select(InboxEvent.event_id).where(*own, InboxEvent.event_id.not_in(listed))
    return Unannounced(strange, list(session.scalars(some.order_by(InboxEvent.event_id).limit(MOST_NAMED))))
