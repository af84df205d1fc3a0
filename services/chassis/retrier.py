"""Tries failed events again when their time has come. Retries live in the database, so they survive the broker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension

from services.chassis import clock, inbox, logs, metrics
from services.chassis.store import Store

LOOK_EVERY = 1.0

log = logs.get_logger(__name__)


class Retrier(SharedExtension):
    """Looks for due events of this service's consumers, in its own greenthread."""

    store = Store()

    def setup(self) -> None:
        if not hasattr(self, "handlers"):
            self.handlers: dict[str, Callable[[str], None]] = {}
            self._stop = Signal()
            self._thread: Any = None

    def register(self, consumer: str, handle: Callable[[str], None]) -> None:
        """Retry failed events of `consumer` with `handle`, which gets the body."""
        self.handlers[consumer] = handle

    def start(self) -> None:
        if self._thread is None:
            self._thread = self.container.spawn_managed_thread(self._run, identifier="retries")

    def stop(self) -> None:
        if not self._stop.ready():
            self._stop.send(None)
        if self._thread is not None:
            self._thread.wait()

    def _run(self) -> None:
        while not self._stop.ready():
            try:
                self.retry_due()
            except Exception as error:
                log.warning("retries_paused", service=self.container.service_name, error=type(error).__name__)
            with eventlet.Timeout(LOOK_EVERY, False):
                self._stop.wait()

    def retry_due(self) -> int:
        """Try every due event once more and return how many there were."""
        with self.store.database.session() as session:
            rows = [(row.consumer, row.body) for row in inbox.due(session, clock.now()) if row.body is not None]
            state = inbox.counts(session)
        metrics.inbox_state(self.container.service_name, failed=state[inbox.FAILED], dead=state[inbox.DEAD])
        for consumer, body in rows:
            handle = self.handlers.get(consumer)
            if handle is not None and not self._stop.ready():
                metrics.retried(consumer)
                handle(body)
        return len(rows)
