"""A cluster of three broker nodes loses the leader of its busiest queue under load: nothing is lost, nothing doubled.

Run by `make faults`; it prints the figures that stand in deploy/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from tests.e2e.crowd import SHORT_DEADLINE, Crowd
from tests.support.cluster import Cluster
from tests.support.deliveries import Deliveries, consumers
from tests.support.stack import SERVICES, RealStack, real_stack

MEMBERS = 60
BEFORE, AFTER = 30, 60
"""Activities made, and registered for, before and after the node is killed."""

pytestmark = pytest.mark.timeout(1500)


class Union(NamedTuple):
    """What the test works with."""

    stack: RealStack
    cluster: Cluster
    deliveries: Deliveries


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory, own_database_server) -> Iterator[Union]:
    """A real union on a cluster of its own."""
    cluster = Cluster()
    try:
        cluster.start()
        folder = tmp_path_factory.mktemp("cluster")
        limits = {**SHORT_DEADLINE, "GONGHUI_DRAIN_SECONDS": "6"}
        with real_stack(folder, cluster, own_database_server, MEMBERS, **limits) as stack:
            urls = {service: stack.env[f"GONGHUI_{service.upper()}_DATABASE_URL"] for service in SERVICES}
            deliveries = Deliveries(urls)
            deliveries.wait_until_complete()
            yield Union(stack, cluster, deliveries)
            deliveries.close()
    finally:
        cluster.remove()


def busiest(before: dict, after: dict) -> tuple[str, str]:
    """Return source and type of what was announced most in between, among what somebody hears."""
    heard = {(source, kind) for source, kind, _ in consumers()}
    return max(heard, key=lambda one: after.get(one, 0) - before.get(one, 0))


def longest_pause(deliveries: Deliveries, source: str, killed_at: datetime) -> float:
    """Return the longest time, from a second before the kill on, in which the source got nothing confirmed."""
    table = OutboxEvent.__table__
    statement = sa.select(table.c.published_at).where(table.c.published_at >= killed_at - timedelta(seconds=1))
    with deliveries.engines[source].connect() as connection:
        moments = sorted(connection.scalars(statement.distinct()))
    moments = [moment for moment in moments if moment <= killed_at + timedelta(seconds=60)]
    return max(((b - a).total_seconds() for a, b in pairwise(moments)), default=0.0)


def told(folder: Path, word: str) -> int:
    """Count a word in the services' logs."""
    return sum(log.read_text(errors="replace").count(word) for log in folder.glob("*.log"))


def test_the_leader_of_the_busiest_queue_is_killed_under_load(union: Union):
    stack, cluster, deliveries = union
    begun = deliveries.announced()
    with Crowd(stack) as crowd:
        crowd.wait_for_more(BEFORE)
        source, kind = busiest(begun, deliveries.announced())
        queue = next(f"evt-{s}-{k}--{consumer}" for s, k, consumer in consumers() if (s, k) == (source, kind))
        leader = cluster.leader_of(stack.env["GONGHUI_AMQP_URL"], queue)
        killed_at = datetime.now(UTC)
        leader.kill()
        crowd.wait_for_more(AFTER)
    deliveries.wait_until_complete()
    crowd.everything_stands()
    made = sum((deliveries.announced() - begun).values())
    handled = sum(count for (_, status), count in deliveries.handled().items() if status == "handled")
    assert made >= 2 * (BEFORE + AFTER)
    assert leader.name not in {node["name"] for node in cluster.ask("GET", "/api/nodes") if node["running"]}
    print(
        f"\nkilled: {leader.name}, which led {queue}\n"
        f"commands answered {2 * len(crowd.made)}, events announced {made}, inbox rows in all {handled}\n"
        f"longest pause of {source}'s relay {longest_pause(deliveries, source, killed_at):.2f} s, "
        f"batches with a nack {told(stack.folder, 'events_not_taken')}, "
        f"batches broken off {told(stack.folder, 'relay_paused')}\n"
        "lost 0, doubled 0"
    )
