"""What must stand before a service starts: schema, rules, topology. A job in the cluster, a step in one process."""

from __future__ import annotations

from collections.abc import Iterator

from deploy import broker_policy
from deploy.union import all_services
from services.chassis.broker import QUEUE_PREFIX
from services.chassis.process import declare_topology
from services.chassis.settings import SERVICES, settings


def prepare(*, topology: bool = True) -> Iterator[str]:
    """Migrate every database and declare the topology, yielding a line for each thing done. Safe to repeat."""
    from services.chassis.migrations import upgrade

    for service in SERVICES:
        upgrade(service, settings().database_url_of(service))
        yield f"{service}: schema is up to date"
    if topology:
        # Also in one process: a relay that starts before a consumer must find the consumer's queue.
        names = declare_topology(all_services())
        yield f"broker: {len(names)} {QUEUE_PREFIX}* queues declared"
        if not settings().embedded:
            yield from broker_policy.put_in_force()
