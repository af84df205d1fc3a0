"""Runs a handler for received events: insert into the inbox, handle, store, all in one transaction.

A batch is tried as one transaction first. If it fails, each event is handled in a separate transaction, and only the
failing one is stored for later. While the database is away or busy, the whole batch is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.errors import is_away, is_busy
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.events import inbox
from services.chassis.events.envelope import ReceivedEvent, decode
from services.chassis.process import logs, metrics, tracing
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event
from services.chassis.security.principal import service_principal

Handler = Callable[[Transaction, list[ReceivedEvent]], None]

PATIENCE = 8
"""Attempts at a batch, about a minute with the consumer's pauses, before events that fail as if the database were
away are set aside.

A statement that always times out or runs out of memory gives the same errors as a database that is away.
"""

log = logs.get_logger(__name__)


class Reaction:
    """One consumer: which events it takes and what it does with them.

    Args:
        consumer: `service.method`; must never change, because queue and inbox rows are named after it.
        event: the contract of the events.
        handle: runs the use case for events that are new to this consumer.
    """

    def __init__(self, consumer: str, event: type[Event], database: Database, handle: Handler) -> None:
        self.consumer = consumer
        self.event = event
        self.database = database
        self.handle = handle

    def take(self, bodies: list[str], tried: int = 0) -> bool:
        """Handle a batch of messages. False when the database is away or busy and the same batch must be tried again.

        Args:
            bodies: the messages, in order.
            tried: how often this batch was tried before. From `PATIENCE` on, an event that fails as if the database
                were away is stored as failed, if the database can store that: one event must not block the queue.
        """
        try:
            events = self._read(bodies)
            if events:
                with metrics.handling(self.consumer, len(events)):
                    self._take(events, patient=tried < PATIENCE)
        except Exception as error:
            log.warning(
                "events_wait", consumer=self.consumer, count=len(bodies), tried=tried, error=type(error).__name__
            )
            return False
        return True

    def _take(self, events: list[tuple[ReceivedEvent, str]], *, patient: bool) -> None:
        try:
            self._handle([event for event, _ in events])
        except Exception as error:
            if patient and _may_pass(error):
                raise
            if len(events) == 1:
                self._keep(*events[0], error)
            else:
                self._one_by_one(events, patient=patient)

    def retry(self, event_id: UUID, body: str) -> None:
        """Try a failed event again; it stays due until the database has stored the outcome.

        Args:
            event_id: its id in the inbox; an unreadable message has no other id.
            body: the message.
        """
        try:
            self._retry(event_id, body)
        except Exception as error:
            log.warning("retry_postponed", consumer=self.consumer, event_id=str(event_id), error=type(error).__name__)

    def _retry(self, event_id: UUID, body: str) -> None:
        try:
            event = self._load(body)
        except Exception as error:
            self._keep_dead(event_id, body, error)
            return
        try:
            with metrics.handling(self.consumer), transaction(self.database, self._context(event)) as tx:
                if inbox.reclaim(tx.session, self.consumer, event.id):
                    self.handle(tx, [event])
        except Exception as error:
            self._keep(event, body, error)

    def _read(self, bodies: list[str]) -> list[tuple[ReceivedEvent, str]]:
        events = []
        for body in bodies:
            try:
                events.append((self._load(body), body))
            except Exception as error:  # Parsing calls no server: whatever it raises, the body is the cause.
                self._bury(body, error)
        return events

    def _load(self, body: str) -> ReceivedEvent:
        event = decode(body)
        if (event.source, event.type) != (self.event.source, self.event.type):
            raise ValueError(f"expected {self.event.source} {self.event.type}")
        event.data = self.event.load(event.raw)
        return event

    def _bury(self, body: str, error: Exception) -> None:
        try:
            event_id = decode(body).id
        except Exception:
            body = inbox.storable(body)
            event_id, body = uuid5(NAMESPACE_OID, body), body[: inbox.LONGEST_UNREADABLE]
        self._keep_dead(event_id, body, error)

    def _keep_dead(self, event_id: UUID, body: str, error: Exception) -> None:
        with self.database.session() as session:
            new = inbox.keep_dead(session, self.consumer, event_id, body, _told(error), clock.now())
        if new:
            metrics.event_failed(self.consumer, inbox.DEAD)
            log.error("event_dead", consumer=self.consumer, event_id=str(event_id), error=type(error).__name__)

    def _handle(self, events: list[ReceivedEvent]) -> None:
        with transaction(self.database, self._context(events[0])) as tx:
            new = inbox.claim(tx.session, self.consumer, [event.id for event in events], tx.now)
            fresh = list({event.id: event for event in events if event.id in new}.values())
            if fresh:
                self.handle(tx, fresh)

    def _one_by_one(self, events: list[tuple[ReceivedEvent, str]], *, patient: bool) -> None:
        for event, body in events:
            try:
                self._handle([event])
            except Exception as error:
                if patient and _may_pass(error):
                    raise
                self._keep(event, body, error)

    def _keep(self, event: ReceivedEvent, body: str, error: Exception) -> None:
        """Store a failed attempt; if the database refuses its text, store the event as dead with ASCII text only.

        Raises:
            Exception: the database stores neither, so it is away.
        """
        try:
            with self.database.session() as session:
                status = inbox.keep_failed(session, self.consumer, event.id, body, _told(error), clock.now())
        except Exception as refusal:
            if _may_pass(refusal):
                raise
            plain = body[: inbox.LONGEST_UNREADABLE].encode("ascii", "backslashreplace").decode("ascii")
            self._keep_dead(event.id, plain, refusal)
            return
        metrics.event_failed(self.consumer, status)
        log.error(
            "event_failed",
            consumer=self.consumer,
            event_id=str(event.id),
            status=status,
            error=_told(error),
            correlation_id=event.correlation_id,
        )

    def _context(self, event: ReceivedEvent) -> CallContext:
        return context_of(self.consumer.split(".")[0], event)


def context_of(service: str, event: ReceivedEvent) -> CallContext:
    """Return the context for handling an event: the service's principal, the event's correlation id."""
    return CallContext(
        principal=service_principal(service),
        correlation_id=event.correlation_id or str(event.id),
        causation_id=str(event.id),
        traceparent=event.traceparent,
    )


def one_at_a_time(consumer: str, function: Callable[[Transaction, ReceivedEvent], None]) -> Handler:
    """Turn a handler of one event into a handler of many, each with its own context and trace."""

    def handle(tx: Transaction, events: list[ReceivedEvent]) -> None:
        for event in events:
            with _spanned(consumer, [event]) as context:
                tx.context = context
                function(tx, event)

    return handle


def all_together(consumer: str, function: Handler) -> Handler:
    """Run a handler of many events in the trace of the first, linked to the traces of the others."""

    def handle(tx: Transaction, events: list[ReceivedEvent]) -> None:
        with _spanned(consumer, events) as context:
            tx.context = context
            function(tx, events)

    return handle


@contextmanager
def _spanned(consumer: str, events: list[ReceivedEvent]) -> Iterator[CallContext]:
    context = context_of(consumer.split(".")[0], events[0])
    with tracing.span(
        consumer,
        context.traceparent,
        kind="consumer",
        correlation_id=context.correlation_id,
        links=[event.traceparent for event in events[1:]],
    ) as span:
        yield replace(context, traceparent=span.traceparent)


def _may_pass(error: Exception) -> bool:
    """Whether handling may succeed when it is tried again later."""
    return is_away(error) or is_busy(error)


def _told(error: Exception) -> str:
    """Return an error as text; of a database error only the first line, because the details may quote the row."""
    said = str(error.orig).partition("\n")[0] if isinstance(error, sa.exc.DBAPIError) else str(error)
    return f"{type(error).__name__}: {said}"
