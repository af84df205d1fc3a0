"""The relay: publishes what the outbox holds, oldest first, by one replica at a time.

It wakes when a transaction of this process stored events, and looks by itself for those other replicas stored. What the
broker did not confirm stays unpublished and is tried again, ever more slowly while the broker is away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension
from sqlalchemy.orm import Session

from services.chassis import broker, clock, embedded, logs, metrics, outbox
from services.chassis.database import Database
from services.chassis.envelope import encode
from services.chassis.schema import schema_address
from services.chassis.settings import settings
from services.chassis.store import Store
from services.chassis.transaction import lock_number

BATCH = 500
LOOK_EVERY = 0.25
"""Seconds between looks for events that other replicas stored."""
GAUGES_EVERY = 5.0
LONGEST_PAUSE = 10.0

log = logs.get_logger(__name__)


class Leadership:
    """A PostgreSQL session that holds the relay's advisory lock; on SQLite the one process leads by itself."""

    def __init__(self, database: Database, service: str) -> None:
        self.database = database
        self.number = lock_number(f"relay-{service}")
        self._connection: sa.Connection | None = None

    @contextmanager
    def session(self) -> Iterator[Session | None]:
        """Yield a session in one transaction, or None while another replica leads."""
        if self.database.is_sqlite:
            with self.database.session() as session:
                yield session
            return
        connection = self._lead()
        if connection is None:
            yield None
            return
        try:
            with Session(connection) as session, session.begin():
                yield session
        except BaseException:
            self.resign()
            raise

    def _lead(self) -> sa.Connection | None:
        if self._connection is not None:
            return self._connection
        connection = self.database.engine.connect().execution_options(isolation_level="READ COMMITTED")
        try:
            leads = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(self.number)))
            connection.commit()
        except BaseException:
            connection.close()
            raise
        if leads:
            self._connection = connection
            return connection
        connection.close()
        return None

    def resign(self) -> None:
        """Give the lock back by closing the session that holds it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


class Relay(SharedExtension):
    """Runs the relay in its own greenthread of the service's container."""

    store = Store()

    def setup(self) -> None:
        self._signal: Signal = Signal()
        self._stopping = False
        self._thread: Any = None
        self._measured = 0.0
        self._unsettled = True

    def start(self) -> None:
        if self._thread is not None:
            return
        service = self.container.service_name
        self.database = self.store.database
        self.leadership = Leadership(self.database, service)
        self.publisher = broker.EventPublisher(settings().amqp_url, service)
        self.database.listeners.append(self.wake)
        if settings().embedded:
            with self.database.session() as session:
                outbox.unsettle(session)
        self._thread = self.container.spawn_managed_thread(self._run, identifier="relay")

    def wake(self) -> None:
        """Look for events now."""
        if not self._signal.ready():
            self._signal.send(None)

    def stop(self) -> None:
        self._stopping = True
        self.wake()
        if self._thread is not None:
            self._thread.wait()

    def _run(self) -> None:
        pause = 0.1
        while True:
            try:
                found = self.publish_once()
                pause = 0.1
            except Exception as error:
                log.warning("relay_paused", service=self.container.service_name, error=type(error).__name__)
                found = 0
                eventlet.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            if self._stopping:
                break
            if found < BATCH:
                self._wait()
        self.leadership.resign()
        self.publisher.close()

    def _wait(self) -> None:
        with eventlet.Timeout(LOOK_EVERY, False):
            self._signal.wait()
        if self._signal.ready():
            self._signal = Signal()

    def publish_once(self) -> int:
        """Publish one batch of the oldest events and return how many the broker took."""
        with self.leadership.session() as session:
            if session is None:
                # Whoever leads shows what waits; figures from the time this replica led would stay for ever.
                metrics.outbox_state(self.container.service_name, depth=0, age_seconds=0.0)
                return 0
            rows = outbox.unpublished(session, BATCH)
            self._measure(session)
            if not rows:
                self._settle(session)
                return 0
            if not self.database.is_sqlite:
                return self._mark(session, self._publish(rows))
        # SQLite's one lock is not held while the broker is talked to.
        taken = self._publish(rows)
        with self.database.session() as session:
            return self._mark(session, taken)

    def _publish(self, rows: list[sa.Row[Any]]) -> set[int]:
        service = self.container.service_name
        taken = self.publisher.publish([_message(service, row) for row in rows])
        self._unsettled = True
        if taken:
            oldest = min(row.time for row in rows if row.position in taken)
            metrics.relayed(service, (clock.now() - oldest).total_seconds())
        return taken

    def _mark(self, session: Session, taken: set[int]) -> int:
        outbox.mark_published(session, sorted(taken), clock.now(), settled=not settings().embedded)
        return len(taken)

    def _settle(self, session: Session) -> None:
        """Embedded: what was published is settled once nothing waits to be handled or acknowledged."""
        if not self._unsettled or not settings().embedded:
            return
        if embedded.is_idle():
            outbox.settle(session)
            self._unsettled = False

    def _measure(self, session: Session) -> None:
        at = clock.now()
        if at.timestamp() - self._measured < GAUGES_EVERY:
            return
        self._measured = at.timestamp()
        depth, age = outbox.depth_and_age(session, at)
        metrics.outbox_state(self.container.service_name, depth=depth, age_seconds=age)


def _message(service: str, row: sa.Row[Any]) -> broker.Outgoing:
    return broker.Outgoing(row.position, row.type, encode(service, row, schema_address(service, row.type, row.version)))
