"""Tries failed events again when they are due. Retries are stored in the database, so a broker may be lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from services.chassis import clock
from services.chassis.events import inbox
from services.chassis.process import metrics
from services.chassis.process.recurring import Recurring

LOOK_EVERY = 1.0


class Retrier(Recurring):
    """Polls for due events of this service's consumers."""

    name = "retries"
    seconds = LOOK_EVERY

    def setup(self) -> None:
        super().setup()
        if not hasattr(self, "handlers"):
            self.handlers: dict[str, Callable[[UUID, str], None]] = {}

    def register(self, consumer: str, handle: Callable[[UUID, str], None]) -> None:
        """Retry failed events of `consumer` with `handle(event_id, body)`."""
        self.handlers[consumer] = handle

    def work(self) -> int:
        return self.retry_due()

    def retry_due(self) -> int:
        """Try every due event again and return how many there were."""
        with self.store.database.session(readonly=True) as session:
            state = inbox.counts(session)
            due = inbox.due(session, clock.now()) if state[inbox.FAILED] else []
            rows = [(row.consumer, row.event_id, row.body) for row in due if row.body is not None]
        metrics.inbox_state(self.container.service_name, failed=state[inbox.FAILED], dead=state[inbox.DEAD])
        for consumer, event_id, body in rows:
            handle = self.handlers.get(consumer)
            if handle is not None and not self.stopping:
                metrics.retried(consumer)
                handle(event_id, body)
        return len(rows)
