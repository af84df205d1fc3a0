"""Running a handler over received events: claim in the inbox, handle, store, all in one transaction.

A batch is tried as one transaction first. If anything in it fails, each event is handled in a transaction of its own,
and only the one that fails is kept for later. While the database is away or busy the batch as a whole is tried again.
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
"""Tries of a batch, a minute with the consumer's pauses, until events are set aside that seem to find no database.

A statement that always runs into its time-out or out of memory looks like a database that is away.
"""

log = logs.get_logger(__name__)


class Reaction:
    """One consumer: which events it takes and what it does with them.

    Args:
        consumer: `service.method`, stable for ever: it names the queue and the inbox rows.
        event: the contract of the events.
        handle: runs the use case for events that are new to this consumer.
    """

    def __init__(self, consumer: str, event: type[Event], database: Database, handle: Handler) -> None:
        self.consumer = consumer
        self.event = event
        self.database = database
        self.handle = handle

    def take(self, bodies: list[str], tried: int = 0) -> bool:
        """Handle a batch of messages. False when the database is away or busy: nothing is lost, try the same again.

        Args:
            bodies: the messages, in order.
            tried: how often this batch was tried before. From `PATIENCE` on, an event that the database refuses as if
                it were away is set aside, provided that the database takes the note: one event holds no queue up.
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
        """Try a failed event once more; while the database takes no note of the outcome, it stays due.

        Args:
            event_id: under which the inbox keeps it; one that can't be read has no other.
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
            except Exception as error:  # reading asks nobody: whatever it raises, the body is at fault
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
        """Note a failed attempt; when the database refuses the note for what is in it, one in plain ASCII as dead.

        Raises:
            Exception: the database takes neither: it is away, however it says so.
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
    """Return the context in which a service reacts to an event: its own name, the event's story."""
    return CallContext(
        principal=service_principal(service),
        correlation_id=event.correlation_id or str(event.id),
        causation_id=str(event.id),
        traceparent=event.traceparent,
    )


def one_at_a_time(consumer: str, function: Callable[[Transaction, ReceivedEvent], None]) -> Handler:
    """Turn a handler of one event into a handler of many, each in its own story and its own trace."""

    def handle(tx: Transaction, events: list[ReceivedEvent]) -> None:
        for event in events:
            with _spanned(consumer, [event]) as context:
                tx.context = context
                function(tx, event)

    return handle


def all_together(consumer: str, function: Handler) -> Handler:
    """Put a handler of many events into the trace of the first, linked to those of the others."""

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
    """Whether the same may be handled when it is tried again in a while."""
    return is_away(error) or is_busy(error)


def _told(error: Exception) -> str:
    """Return an error in words; of a database's only the first line, because the details may quote the row."""
    said = str(error.orig).partition("\n")[0] if isinstance(error, sa.exc.DBAPIError) else str(error)
    return f"{type(error).__name__}: {said}"
