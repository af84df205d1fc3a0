"""A service's database stops for two minutes under load, its consumer is killed thirty times: nothing lost or doubled.

The broker is one that drops what was returned twenty times, by itself (RabbitMQ 4) or by a policy that the product's
own outranks, and that closes a channel whose deliveries wait for half a minute. Run by `make faults`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.e2e.crowd import SHORT_DEADLINE, Crowd
from tests.support import servers
from tests.support.deliveries import Deliveries
from tests.support.rabbitmq import RabbitNode
from tests.support.stack import SERVICES, RealStack
from tests.support.waiting import wait_until

STOPPED = "governance"
"""The service whose database stops; it hears of every activity."""
OUTAGE = 120
CONSUMER_TIMEOUT = 30
KILLS = 30
MEMBERS = 60

pytestmark = pytest.mark.timeout(1800)


class Union(NamedTuple):
    """What the tests work with."""

    stack: RealStack
    broker: RabbitNode
    database: servers.OwnDatabaseServer
    deliveries: Deliveries

    @property
    def amqp_url(self) -> str:
        return self.stack.env["GONGHUI_AMQP_URL"]

    @property
    def database_url(self) -> str:
        return self.stack.env[f"GONGHUI_{STOPPED.upper()}_DATABASE_URL"]

    def held(self) -> int:
        """How many messages the consumers of the stopped service hold unacknowledged."""
        queues = self.broker.queues(self.amqp_url)
        return sum(queue.get("messages_unacknowledged", 0) for queue in queues if f"--{STOPPED}." in queue["name"])

    def told(self, word: str) -> int:
        """Count a word in the log of the stopped service."""
        return self.stack.processes[STOPPED].log.read_text(errors="replace").count(word)


@pytest.fixture(scope="module")
def broker() -> Iterator[RabbitNode]:
    """A broker that loses its patience soon."""
    node = RabbitNode()
    node.lose_patience(CONSUMER_TIMEOUT)
    try:
        yield node.start()
    finally:
        node.remove()


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory, broker: RabbitNode) -> Iterator[Union]:
    """A real union; one service's database stands on a server of its own."""
    vhost = broker.new_vhost("outages", "quorum")
    strict = {"pattern": ".*", "definition": {"delivery-limit": 20}, "apply-to": "queues", "priority": 0}
    broker.ask("PUT", f"/api/policies{urlsplit(vhost).path}/strict", strict)
    management = broker.management_url.replace("://", f"://{broker.user}:{broker.password}@")
    with servers.own_database_server() as common, servers.own_database_server() as own:
        urls = {name: (own if name == STOPPED else common).new_database(name) for name in SERVICES}
        folder = tmp_path_factory.mktemp("outages")
        limits = {**SHORT_DEADLINE, "GONGHUI_DRAIN_SECONDS": "6"}
        stack = RealStack(folder, vhost, urls, **limits, GONGHUI_MANAGEMENT_URL=management)
        deliveries = Deliveries(urls)
        try:
            stack.start()
            stack.run("demo", "--members", str(MEMBERS))
            deliveries.wait_until_complete()
            yield Union(stack, broker, own, deliveries)
        finally:
            stack.stop()
            deliveries.close()


def complete(union: Union, crowd: Crowd) -> None:
    """All that was announced has been handled once, and what was answered stands."""
    union.deliveries.wait_until_complete()
    crowd.everything_stands()
    assert crowd.made


def test_a_database_that_stops_for_two_minutes_under_load(union: Union):
    with Crowd(union.stack) as crowd:
        crowd.wait_for_more(6)
        union.database.stop()
        time.sleep(OUTAGE)
        wait_until(lambda: union.told("PRECONDITION_FAILED") > 0, what="the broker's patience to end")
        wait_until(lambda: union.told("events_wait") > 3, what="tries in vain")
        made, struck = len(crowd.made), union.told("PRECONDITION_FAILED")
        tries = union.told("events_wait")
        union.database.start()
    complete(union, crowd)
    print(
        f"\n{STOPPED}'s database away for {OUTAGE} s: {made} activities made meanwhile, batches tried in vain {tries} "
        f"times, channels closed by the broker {struck} times; lost 0, doubled 0"
    )


def test_a_consumer_killed_thirty_times_with_a_batch_in_its_hands(union: Union):
    service = union.stack.processes[STOPPED]
    with psycopg2.connect(union.database_url) as connection, connection.cursor() as cursor:
        cursor.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        with Crowd(union.stack, size=2) as crowd:
            crowd.wait_for_more(6)
        for number in range(KILLS):
            wait_until(lambda: union.held() > 0, what=f"the batch, {number} kills on")
            service.kill()
            wait_until(lambda: union.held() == 0, what="the broker to notice")
            service.start()
        wait_until(lambda: union.held() > 0, what="the batch at last")
        connection.rollback()
    complete(union, crowd)
    print(f"\n{STOPPED} killed {KILLS} times with a batch in its hands: lost 0, doubled 0")
