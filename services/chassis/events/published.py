"""Operations that list a service's published events, for other services, and its reconciliation, for operators.

Belongs here: the entrypoints, and reading the outbox for others. `reconciler` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_call
from services.chassis.events import reconciliation
from services.chassis.events.envelope import encode
from services.chassis.identifiers import lowest_id
from services.chassis.schema import Operation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SETTLING = timedelta(minutes=2)
"""Time after publication within which an event reaches its consumers, unless it waits in their queue."""


class PublishedOperations(Protocol):
    """The two operations of a source, as declared by its contract."""

    @property
    def list_published(self) -> Operation: ...
    @property
    def read_published(self) -> Operation: ...


class ReconciliationOperations(Protocol):
    """The two operations of a consuming service, as declared by its contract."""

    @property
    def get(self) -> Operation: ...
    @property
    def ask(self) -> Operation: ...


def list_published(tx: Transaction, type: str, after: UUID, limit: int) -> dict[str, Any]:
    """Return ids of settled events of one type in order, and the id up to which the list is complete.

    It ends before the first event that is unpublished or was published less than `SETTLING` ago.

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
        # Below this id no further event can appear: it is before the first unsettled one and before the settling time.
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
    """Return the messages of these events, oldest first; events that are not in the outbox are left out."""
    table = OutboxEvent.__table__
    statement = sa.select(table).where(table.c.id.in_(sorted(ids))).order_by(table.c.position)
    return [encode(service, row).decode() for row in session.execute(statement)]


def get_reconciliation(tx: Transaction) -> dict[str, Any]:
    """Return the state of reconciliation of each consumer of this service."""
    return {"items": reconciliation.states(tx.session)}


def reconcile_events(tx: Transaction, since: datetime | None) -> dict[str, Any]:
    """Request a comparison of all events, or of those since a moment; a replica begins within seconds."""
    reconciliation.ask(tx.session, tx.now, since)
    return get_reconciliation(tx)


def event_accounting_entrypoints(published: PublishedOperations, own: ReconciliationOperations) -> Any:
    """Return a class with the four entrypoints, a base class for the service.

    Args:
        published: what other services ask of its outbox.
        own: what operators ask of its inbox.
    """
    service = published.list_published.service

    class EventAccountingEntrypoints:
        """核对: published events, and which of them were received, by RPC."""

        @on_call(published.list_published)
        def list_published_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return list_published(tx, **request)

        @on_call(published.read_published)
        def read_published_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return {"messages": read_published(tx.session, service, request["ids"])}

        @on_call(own.get)
        def get_reconciliation(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return get_reconciliation(tx)

        @on_call(own.ask)
        def reconcile_events(self, tx: Transaction, request: dict[str, Any]) -> Any:
            return reconcile_events(tx, request["since"])

    return EventAccountingEntrypoints
