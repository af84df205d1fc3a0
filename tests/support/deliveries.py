"""Whether every event was handled exactly once by everyone it concerns, read from the services' own tables."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from deploy.union import all_services
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent, OutboxEvent
from services.chassis.process.runner import event_queues
from tests.support.waiting import wait_until


@functools.cache
def consumers() -> tuple[tuple[str, str, str], ...]:
    """Return (source, type, consumer) of every event queue there is; found once, since nameko builds each service."""
    found = []
    for service in all_services():
        for queue in event_queues(service):
            address, _, consumer = queue.name.removeprefix("evt-").partition("--")
            source, _, kind = address.partition("-")
            found.append((source, kind, consumer))
    return tuple(sorted(found))


class Deliveries:
    """Reads outboxes and inboxes of a union from outside.

    Args:
        urls: database URL by service.
    """

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.engines = {service: Database(url, pool_size=2).engine for service, url in urls.items()}

    def close(self) -> None:
        """Close the connections."""
        for engine in self.engines.values():
            engine.dispose()

    def announced(self) -> Counter[tuple[str, str]]:
        """Count events by source and type."""
        counts: Counter[tuple[str, str]] = Counter()
        table = OutboxEvent.__table__
        for source, engine in self.engines.items():
            with engine.connect() as connection:
                rows = connection.execute(sa.select(table.c.type, sa.func.count()).group_by(table.c.type))
                counts.update({(source, kind): count for kind, count in rows})
        return counts

    def handled(self) -> Counter[tuple[str, str]]:
        """Count inbox rows by consumer and status."""
        counts: Counter[tuple[str, str]] = Counter()
        table = InboxEvent.__table__
        for engine in self.engines.values():
            with engine.connect() as connection:
                rows = connection.execute(
                    sa.select(table.c.consumer, table.c.status, sa.func.count()).group_by(
                        table.c.consumer, table.c.status
                    )
                )
                counts.update({(consumer, status): count for consumer, status, count in rows})
        return counts

    def missing(self) -> list[str]:
        """Say, in words, what was not handled exactly once so far."""
        announced, handled = self.announced(), self.handled()
        found = []
        for source, kind, consumer in consumers():
            types_of_consumer = [(s, k) for s, k, c in consumers() if c == consumer]
            expected = sum(announced[one] for one in types_of_consumer)
            if handled[consumer, "handled"] != expected:
                found.append(f"{consumer}: {handled[consumer, 'handled']} of {expected} {source}.{kind}")
        found += [
            f"{consumer}: {count} {status}" for (consumer, status), count in handled.items() if status != "handled"
        ]
        return found

    def wait_until_complete(self) -> None:
        """Wait until every event was handled once by everyone.

        Raises:
            TimeoutError: some never were; it names them.
        """
        wait_until(lambda: not self.missing(), what="every event at its consumers", moves=self.missing, pause=0.3)
