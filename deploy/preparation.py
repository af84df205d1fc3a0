"""Prepares schema, topology and rules before services start. A job in the cluster, a step of the embedded runner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from deploy import broker_policy
from deploy.union import all_services
from services.chassis import clock
from services.chassis.broker.publisher import QUEUE_PREFIX
from services.chassis.database.engine import Database
from services.chassis.events import reconciliation
from services.chassis.process.runner import consumers_of, declare_topology
from services.chassis.process.settings import settings


def prepare(*, topology: bool = True) -> Iterator[str]:
    """Migrate every database, declare the topology, load the shipped rules; yields a line for each step.

    Safe to repeat, and while replicas of the previous release run.
    """
    from deploy.shipped import bring_shipped_rules

    yield from bring_schemas_up_to_date()
    if topology:
        # Also in one process: a relay may start before a consumer, and the consumer's queue must exist.
        names = declare_topology(all_services())
        yield f"broker: {len(names)} {QUEUE_PREFIX}* queues declared"
        if not settings().embedded:
            yield from broker_policy.put_in_force()
    # After the queues: rules without an event are published now, and all consumers must receive them.
    yield from bring_shipped_rules()


def bring_schemas_up_to_date() -> Iterator[str]:
    """Migrate every database and store the consumers this release adds; yields a line for each. Safe to repeat."""
    from services.chassis.database.migrations import upgrade

    for service in all_services():
        url = settings().database_url_of(service.name)
        upgrade(service.name, url)
        _note_consumers(service, url)
        yield f"{service.name}: schema is up to date"


def _note_consumers(service: Any, url: str) -> None:
    """Store the consumers that this release adds, before one of their events can be published."""
    with closing(Database(url, pool_size=1)) as database, database.session() as session:
        reconciliation.note_consumers(session, consumers_of(service), clock.now())
