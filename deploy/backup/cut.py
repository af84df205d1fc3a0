"""Takes consistent snapshots of all databases, and publishes unhandled events again after a restore."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from deploy.backup.manifest import BackupError
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent, OutboxEvent
from services.chassis.events import inbox

ATTEMPTS = 20
LOOK_BACK = timedelta(minutes=10)
RESEND = timedelta(days=7)
"""How far back unhandled events are sent again; the broker keeps none for longer."""
_BATCH = 500


class HasConnection(Protocol):
    """A snapshot of a database of any kind."""

    connection: sa.Connection

    def close(self) -> None: ...


def together(take: Callable[[], list[HasConnection]]) -> list[HasConnection]:
    """Take snapshots of all databases, again until no database has an event that its source's snapshot lacks.

    Between two snapshots an event may be stored and handled; then the later snapshot has an event that the earlier one
    lacks. The opposite does no harm: events that were published and not handled are sent again after a restore.

    Raises:
        BackupError: the union is too busy for that.
    """
    for attempt in range(ATTEMPTS):
        snapshots = take()
        if not _ahead(snapshots):
            return snapshots
        for snapshot in snapshots:
            snapshot.close()
        time.sleep(0.05 * attempt)
    raise BackupError("Too many events are under way to find one moment for all databases; try again when it is calm.")


def _ahead(snapshots: Iterable[HasConnection]) -> set[UUID]:
    """Return recently handled events that are in no outbox."""
    snapshots = list(snapshots)
    lately = sa.select(InboxEvent.event_id).where(
        InboxEvent.received_at >= clock.now() - LOOK_BACK, InboxEvent.status.in_((inbox.HANDLED, inbox.FAILED))
    )
    known = {id for snapshot in snapshots for id in snapshot.connection.scalars(lately)}
    for snapshot in snapshots:
        known -= _present(snapshot.connection, known)
    return known


def _present(connection: sa.Connection, ids: set[UUID]) -> set[UUID]:
    wanted = sorted(ids)
    found: set[UUID] = set()
    for start in range(0, len(wanted), _BATCH):
        statement = sa.select(OutboxEvent.id).where(OutboxEvent.id.in_(wanted[start : start + _BATCH]))
        found.update(connection.scalars(statement))
    return found


def send_again(databases: Mapping[str, Database], consumers: Iterable[tuple[str, str, str]]) -> int:
    """Mark events as unpublished that some consumer has not handled; the inboxes of the others drop the repeat.

    Args:
        databases: by service.
        consumers: source, type and consumer of every event queue.

    Returns:
        How many events will be sent again.
    """
    marked: set[tuple[str, UUID]] = set()
    for source, kind, consumer in consumers:
        announced = _announced(databases[source], kind)
        missing = announced - _known(databases[consumer.partition(".")[0]], consumer, announced)
        marked |= {(source, id) for id in missing}
    for source, database in databases.items():
        _mark(database, sorted(id for owner, id in marked if owner == source))
    return len(marked)


def _announced(database: Database, kind: str) -> set[UUID]:
    with database.session() as session:
        latest = session.scalar(sa.select(sa.func.max(OutboxEvent.time)))
        if latest is None:
            return set()
        statement = sa.select(OutboxEvent.id).where(OutboxEvent.type == kind, OutboxEvent.time >= latest - RESEND)
        return set(session.scalars(statement))


def _known(database: Database, consumer: str, ids: set[UUID]) -> set[UUID]:
    wanted = sorted(ids)
    found: set[UUID] = set()
    with database.session() as session:
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            statement = sa.select(InboxEvent.event_id).where(
                InboxEvent.consumer == consumer, InboxEvent.event_id.in_(some)
            )
            found.update(session.scalars(statement))
    return found


def _mark(database: Database, ids: list[UUID]) -> None:
    with database.session() as session:
        for start in range(0, len(ids), _BATCH):
            statement = sa.update(OutboxEvent).where(OutboxEvent.id.in_(ids[start : start + _BATCH]))
            session.execute(statement.values(published_at=None, settled=False))
