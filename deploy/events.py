"""`gonghui events`: lists, shows, replays and discards failed and dead events in the services' inboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.events import failed_events, inbox
from services.chassis.process.settings import SERVICES, settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal


@contextmanager
def _inbox_of(service: str) -> Iterator[Database]:
    database = Database(settings().database_url_of(service), pool_size=1)
    try:
        yield database
    finally:
        database.close()


def failed() -> Iterator[str]:
    """Yield a line for every failed or dead event: consumer, id, status, attempts, when it is due, why."""
    for service in SERVICES:
        with _inbox_of(service) as database, database.session() as session:
            for row in inbox.open_events(session):
                due = row.next_at.isoformat(timespec="seconds") if row.next_at else "-"
                reason = (row.error or "").splitlines()[0] if row.error else ""
                yield f"{row.consumer}\t{row.event_id}\t{row.status}\t{row.attempts}\t{due}\t{reason}"


def show(consumer: str, event_id: UUID) -> Iterator[str]:
    """Yield a line for each property of one event; of its body the ids only.

    Raises:
        Problem: the consumer has no such event.
    """
    with _inbox_of(_owner(consumer)) as database, _transaction(database) as tx:
        found = failed_events.get_failed_event(tx, consumer, event_id)
    for name, value in found.items():
        if name not in ("ids", "decisions"):
            yield f"{name}\t{'-' if value is None else value}"
    for name, value in found["ids"].items():
        yield f"data.{name}\t{value}"
    for decision in found["decisions"]:
        yield f"{decision['became']}\t{decision['at']}\t{decision['by']}\t{decision['reason'] or '-'}"


def replay(consumer: str, event_id: UUID, reason: str | None = None) -> None:
    """Make a failed or dead event due now, with all its attempts again.

    Raises:
        Problem: there is none such.
    """
    with _inbox_of(_owner(consumer)) as database, _transaction(database) as tx:
        failed_events.replay_event(tx, consumer, event_id, reason)


def discard(consumer: str, event_id: UUID, reason: str) -> None:
    """Give up on a failed or dead event for good; the reason is kept.

    Raises:
        Problem: there is none such.
    """
    with _inbox_of(_owner(consumer)) as database, _transaction(database) as tx:
        failed_events.discard_event(tx, consumer, event_id, reason)


def _transaction(database: Database) -> AbstractContextManager[Transaction]:
    return transaction(database, CallContext(principal=service_principal("gonghui events")))


def _owner(consumer: str) -> str:
    service = consumer.partition(".")[0]
    if service not in SERVICES:
        raise SystemExit(
            f"no service {service!r}; a consumer is named service.method, as `gonghui events failed` shows"
        )
    return service
