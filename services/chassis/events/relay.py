"""The relay: publishes the events of the outbox, oldest first, in one replica at a time.

It wakes when a transaction of this process stored events, and polls for those of other replicas. Events that the broker
did not confirm stay unpublished and are tried again, with growing pauses while the broker is away.

A lease decides which replica publishes. It saves work, but correctness does not depend on it: a replica begins with the
oldest unmarked event, and marks only what the broker confirmed. A suspended replica that lost the lease may publish
events a second time, but the first copies of a subject's events are still in order, and consumers drop the second ones
by their inbox.
"""

from __future__ import annotations

from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension
from sqlalchemy.orm import Session

from services.chassis import clock
from services.chassis.broker import embedded, publisher
from services.chassis.database.engine import Database, Limits
from services.chassis.database.extension import Store
from services.chassis.database.leases import Lease
from services.chassis.events import outbox
from services.chassis.events.envelope import encode
from services.chassis.process import logs, metrics
from services.chassis.process.settings import settings

BATCH = 500
LOOK_EVERY = 0.25
"""Seconds between polls for events that other replicas stored."""
ALONE_LOOK_EVERY = 2.0
"""On SQLite, where only commands run beside the one process."""
LONGEST_PAUSE = 10.0
LEASE_SECONDS = 10.0
"""Seconds without renewal after which another replica may publish."""
RENEW_AFTER = 3.0
LIMITS = Limits(statement=20.0, idle=5.0)
"""Limits of the relay's connection: a replica suspended in a transaction must not lock the lease's row for long."""

log = logs.get_logger(__name__)


class Relay(SharedExtension):
    """Runs the relay in its own greenthread of the service's container."""

    store = Store()

    def setup(self) -> None:
        self._signal: Signal = Signal()
        self._stopping = False
        self._thread: Any = None
        self._unsettled = True

    def start(self) -> None:
        if self._thread is not None:
            return
        service = self.container.service_name
        shared = self.store.database
        # A separate connection, so that the relay still works when the workers use the whole pool.
        self.database = shared if shared.is_sqlite else Database(shared.url, pool_size=1, limits=LIMITS)
        self._look_every = ALONE_LOOK_EVERY if shared.is_sqlite else LOOK_EVERY
        self.lease = Lease("relay", LEASE_SECONDS, RENEW_AFTER)
        if not shared.is_sqlite:
            metrics.watch_relay(service, lambda: self.lease.is_held)
        self.publisher = publisher.EventPublisher(settings().amqp_url, service)
        shared.listeners.append(self.wake)
        if settings().embedded:
            with self.database.session() as session:
                outbox.unsettle(session)
        self._thread = self.container.spawn_managed_thread(self._run, identifier="relay")

    def wake(self) -> None:
        """Check for events now."""
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
                # Another replica may reach the broker where this one does not.
                self._resign()
                eventlet.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            if self._stopping:
                break
            if found < BATCH:
                self._wait()
        self._resign()
        self.publisher.close()
        if self.database is not self.store.database:
            self.database.close()

    def _resign(self) -> None:
        if not self.lease.is_held:
            return
        try:
            with self.database.session() as session:
                self.lease.give_back(session)
        except Exception as error:  # then the lease expires
            self.lease.forget()
            log.info("lease_left_to_expire", service=self.container.service_name, error=type(error).__name__)

    def _wait(self) -> None:
        with eventlet.Timeout(self._look_every, False):
            self._signal.wait()
        if self._signal.ready():
            self._signal = Signal()

    def publish_once(self) -> int:
        """Publish one batch of the oldest events; return how many were confirmed, 0 without the lease."""
        with self.database.session() as session:
            if not (self.database.is_sqlite or self.lease.hold(session)):
                return 0
            rows = outbox.unpublished(session, BATCH)
            if not rows:
                self._settle(session)
                return 0
        # No transaction is open during the publishing.
        taken = self._publish(rows)
        with self.database.session() as session:
            # Whichever replica has the lease by now: confirmed events are published.
            return self._mark(session, taken)

    def _publish(self, rows: list[sa.Row[Any]]) -> set[int]:
        service = self.container.service_name
        if not (self.database.is_sqlite or self.lease.is_held):
            return set()  # This process was suspended after it read the events: another replica publishes them.
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
        """Embedded broker: mark published events as settled when no message waits to be handled or acknowledged."""
        if not self._unsettled or not settings().embedded:
            return
        if embedded.is_idle():
            outbox.settle(session)
            self._unsettled = False


def _message(service: str, row: sa.Row[Any]) -> publisher.Outgoing:
    return publisher.Outgoing(row.position, row.type, encode(service, row))
