"""Compares a service's inbox with the outboxes of its sources and fetches events that never arrived.

Events can be lost when a broker loses a queue, an older backup is restored or a queue is purged by mistake; the outbox
of the source still has them. The consumer asks, because only the consumer knows which events it needs. A second
replica, a concurrent delivery or an interruption do no harm: the inbox drops repeats, and the stored progress advances
only past events that were received.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from services.chassis import clock
from services.chassis.broker import publisher
from services.chassis.database.tables import Reconciliation
from services.chassis.errors import Problem
from services.chassis.events import reconciliation
from services.chassis.identifiers import lowest_id
from services.chassis.process import logs, metrics
from services.chassis.process.recurring import Recurring
from services.chassis.process.settings import settings
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import OPERATIONS, Event
from services.chassis.security.principal import service_principal

LOOK_EVERY = 10.0
PAGE = 1000
"""Ids compared at once."""
FETCHED = 200
"""Events fetched and handled at once."""

log = logs.get_logger(__name__)


class Consumed(NamedTuple):
    """One consumer: the contract of its events, its queue, and the function that handles messages."""

    event: type[Event]
    queue: str
    take: Callable[[list[str], int], bool]


class PutOff(Exception):
    """A run can't go on now: another replica does it, the database is away, or the service stops."""


class Reconciler(Recurring):
    """Compares the consumers of a container that are due."""

    name = "reconciliation"
    seconds = LOOK_EVERY
    client = RpcClient()

    def setup(self) -> None:
        super().setup()
        if not hasattr(self, "consumers"):
            self.consumers: dict[str, Consumed] = {}
            self._noted = False
            self._tried: Counter[str] = Counter()

    def register(self, consumer: str, consumed: Consumed) -> None:
        """Add a consumer to compare."""
        self.consumers[consumer] = consumed

    def note_consumers(self) -> None:
        """Store consumers that the database does not know yet; called before the first event is consumed."""
        if self._noted or not self.consumers:
            return
        with self.store.database.session() as session:
            reconciliation.note_consumers(session, self.consumers, clock.now())
        self._noted = True

    def work(self) -> None:
        self.note_consumers()
        at = clock.now()
        with self.store.database.session() as session:
            reconciliation.sweep(session, self.consumers, at)
            due = reconciliation.claim(session, self.consumers, at)
        try:
            for source, rows in groupby(sorted(due, key=self._source_of), key=self._source_of):
                self._compare_all(source, rows)
        finally:
            self._show()

    def _source_of(self, row: Reconciliation) -> str:
        return self.consumers[row.consumer].event.source

    def _compare_all(self, source: str, rows: Iterable[Reconciliation]) -> None:
        """Compare consumers of one source; if the source does not answer, all are tried again after the lease."""
        try:
            for row in rows:
                self._compare(row)
        except (Problem, PutOff) as error:
            service = self.container.service_name
            log.info("reconciliation_put_off", service=service, source=source, error=type(error).__name__)

    def _compare(self, row: Reconciliation) -> None:
        """Compare all events published since the stored progress of the consumer."""
        consumer, upto, more = row.consumer, row.upto, True
        first = max(lowest_id(row.since), lowest_id(reconciliation.horizon(clock.now())))
        while more:
            after = max(upto, first)
            page = self._ask(consumer, "list_published_events", after=after, limit=PAGE)
            counted = self._account(consumer, after, page)
            with self.store.database.session() as session:
                moved = reconciliation.advance(session, consumer, upto, page["until"], clock.now(), **counted)
            if not moved or self.stopping:
                raise PutOff
            upto, more = page["until"], page["more"]
        with self.store.database.session() as session:
            reconciliation.complete(session, consumer, upto, row.asked_at, clock.now())

    def _account(self, consumer: str, after: UUID, page: dict[str, Any]) -> dict[str, int]:
        """Compare one page and handle missing events; return the numbers to be added."""
        ids = page["ids"]
        with self.store.database.session() as session:
            had = reconciliation.accounted(session, consumer, ids)
            known_since = max(after, page["known_since"])
            strange = reconciliation.unannounced(session, consumer, known_since, page["until"], ids)
        missing = [id for id in ids if id not in had]
        if strange.number:
            log.error(
                "events_unannounced", consumer=consumer, count=strange.number, ids=[str(id) for id in strange.some]
            )
        left = self._hand_over(consumer, missing) if missing else 0
        return {"missing": left, "unannounced": strange.number, "resent": len(missing) - left}

    def _hand_over(self, consumer: str, missing: list[UUID]) -> int:
        """Fetch events and pass them to the consumer; return how many are still missing."""
        if publisher.messages_waiting(settings().amqp_url, self.consumers[consumer].queue):
            raise PutOff  # they may be among those
        for start in range(0, len(missing), FETCHED):
            self._fetch(consumer, missing[start : start + FETCHED])
        with self.store.database.session() as session:
            left = len(missing) - len(reconciliation.accounted(session, consumer, missing))
        metrics.reconciled(consumer, len(missing) - left)
        log.warning("events_sent_again", consumer=consumer, count=len(missing) - left, missing=left)
        return left

    def _fetch(self, consumer: str, ids: list[UUID]) -> None:
        messages = self._ask(consumer, "read_published_events", ids=ids)["messages"]
        if self.stopping:
            raise PutOff
        if messages and not self.consumers[consumer].take(messages, self._tried[consumer]):
            self._tried[consumer] += 1
            raise PutOff
        del self._tried[consumer]

    def _ask(self, consumer: str, name: str, **payload: Any) -> dict[str, Any]:
        if self.stopping:
            raise PutOff  # the source may be stopping too: each question would wait for its whole deadline
        event = self.consumers[consumer].event
        operation = OPERATIONS[f"{event.source}.{name}"]
        if "ids" not in payload:
            payload["type"] = event.type
        context = CallContext(principal=service_principal(self.container.service_name))
        reply = self.client.call(operation, payload, context)
        return dict(operation.reply_schema.load(reply))

    def _show(self) -> None:
        with self.store.database.session() as session:
            rows = reconciliation.states(session, self.consumers)
        for row in rows:
            at = row.completed_at or row.asked_at or row.since
            metrics.reconciliation_state(
                row.consumer, missing=row.missing, unannounced=row.unannounced, at=at.timestamp()
            )
