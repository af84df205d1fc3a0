"""What a service has announced, told to other services, and how far its own inbox is accounted for, told to operators.

Belongs here: the entrypoints, and reading the outbox for others. Comparing stands in `reconciler`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.events import reconciliation
from services.chassis.events.envelope import encode
from services.chassis.identifiers import lowest_id
from services.chassis.schema import Operation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SETTLING = timedelta(minutes=2)
"""How long after its publication an event must have reached its consumers, unless it waits in their queue."""


class PublishedOperations(Protocol):
    """The two operations of one source, as its contract declares them."""

    @property
    def list_published(self) -> Operation: ...
    @property
    def read_published(self) -> Operation: ...


class ReconciliationOperations(Protocol):
    """The two operations of one consuming service, as its contract declares them."""

    @property
    def get(self) -> Operation: ...
    @property
    def ask(self) -> Operation: ...


def list_published(tx: Transaction, type: str, after: UUID, limit: int) -> dict[str, Any]:
    """Return the ids of settled events of one type in the order of ids, and up to which id the list is complete.

    It ends before the first event that is not published or has been for less than `SETTLING`.

    Args:
        tx: the transaction.
        type: of the events.
        after: the id after which to begin.
        limit: how many ids at most.
    """
    table = OutboxEvent.__table__.c
    statement = sa.select(table.id, table.published_at).where(table.type == type, table.id > after)
    rows = tx.session.execute(statement.order_by(table.id).limit(limit)).all()
    settled_before = tx.now - SETTLING
    ids = _settled(rows, settled_before)
    more = len(ids) == limit
    until = max([after, *ids[-1:]])
    if not more:
        # Nothing else will come below: not before the first that is not settled, nor from before the settling time.
        ends = [lowest_id(settled_before), *(UUID(int=row.id.int - 1) for row in rows[len(ids) : len(ids) + 1])]
        until = max(until, min(ends))
    return {"ids": ids, "until": until, "known_since": lowest_id(reconciliation.horizon(tx.now)), "more": more}


def _settled(rows: Sequence[Any], before: datetime) -> list[UUID]:
    ids = []
    for row in rows:
        if row.published_at is None or row.published_at > before:
            break
        ids.append(row.id)
    return ids


def read_published(session: Session, service: str, ids: Iterable[UUID]) -> list[str]:
    """Return the messages that announce these events, oldest first; those the outbox does not hold are left out."""
    table = OutboxEvent.__table__
    statement = sa.select(table).where(table.c.id.in_(sorted(ids))).order_by(table.c.position)
    return [encode(service, row).decode() for row in session.execute(statement)]


def get_reconciliation(tx: Transaction) -> dict[str, Any]:
    """Return how far each consumer of this service is accounted for."""
    return {"items": reconciliation.states(tx.session)}


def reconcile_events(tx: Transaction, since: datetime | None) -> dict[str, Any]:
    """Ask for everything to be compared now, or what was announced since a moment; a replica begins within seconds."""
    reconciliation.ask(tx.session, tx.now, since)
    return get_reconciliation(tx)


def event_accounting_entrypoints(published: PublishedOperations, own: ReconciliationOperations) -> Any:
    """Return a class with a service's four entrypoints, to be put together with its others.

    Args:
        published: what other services ask of its outbox.
        own: what operators ask of its inbox.
    """
    service = published.list_published.service

    class EventAccountingEntrypoints:
        """核对: what was announced, and what of it was received, over RPC."""

        @query(published.list_published)
        def list_published_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return list_published(tx, **request)

        @query(published.read_published)
        def read_published_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return {"messages": read_published(tx.session, service, request["ids"])}

        @query(own.get)
        def get_reconciliation(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return get_reconciliation(tx)

        @command(own.ask)
        def reconcile_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return reconcile_events(tx, request["since"])

    return EventAccountingEntrypoints
