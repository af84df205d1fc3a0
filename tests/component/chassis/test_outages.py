"""The database goes away for longer than a broker would stand returned messages: nothing is lost, nothing doubled."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import eventlet
import pytest
from sqlalchemy.exc import OperationalError

from services.chassis.events import consumer, inbox
from services.chassis.events.consumer import EventConsumer, QueueWorker
from services.chassis.process import settings
from services.chassis.process.runner import Containers
from tests.component.chassis import bells
from tests.component.chassis.test_events import inbox_rows
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.parametrize("databases", ["real"], indirect=True)

DELIVERY_LIMIT = 20
"""What a quorum queue of RabbitMQ 4 has by default; set here on every broker."""
RINGS = 5


@pytest.fixture(autouse=True)
def limited(databases, amqp_server, monkeypatch) -> None:
    """Queues that drop what was returned too often, and a consumer that tries often."""
    vhost = urlsplit(settings.settings().amqp_url).path
    policy = {"pattern": "^evt-", "definition": {"delivery-limit": DELIVERY_LIMIT}, "apply-to": "queues"}
    amqp_server.ask("PUT", f"/api/policies{vhost}/limited", policy)
    monkeypatch.setattr(consumer, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(consumer, "LONGEST_PAUSE", 0.02)


@pytest.fixture
def outage(databases, database_server):
    """`outage.begin()` makes the book's database refuse connections, `outage.end()` lets them in again."""

    class Outage:
        name = databases["book"].url.database

        def begin(self) -> None:
            database_server.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
            database_server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'")

        def end(self) -> None:
            database_server.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    yield Outage()
    Outage().end()


@pytest.fixture
def told(caplog) -> Callable[[str, int], None]:
    """`told(event, times)` waits until the logs have said it so often."""

    def wait(event: str, times: int) -> None:
        with eventlet.Timeout(PATIENCE):
            while sum(f"'event': '{event}'" in record.getMessage() for record in caplog.records) < times:
                eventlet.sleep(0.05)

    return wait


def worker_of(containers: Containers) -> QueueWorker:
    """The worker of the book's one queue."""
    (worker,) = containers.containers[0].shared_extensions[EventConsumer].workers
    return worker


def left_in_queue(amqp_server) -> int:
    (queue,) = [q for q in amqp_server.queues(settings.settings().amqp_url) if q["name"].startswith("evt-bell-rung")]
    return queue.get("messages", 0)


def all_is_well(visitor, databases) -> None:
    assert sorted(visitor.wait_for(RINGS, seconds=PATIENCE)) == list(range(RINGS))
    with suppress(
        OperationalError
    ):  # The first use of a connection that the outage cut while it lay in the pool fails.
        inbox_rows(databases)
    assert [row.status for row in inbox_rows(databases)] == [inbox.HANDLED] * RINGS


def test_more_tries_than_a_broker_allows_returns_lose_nothing(databases, outage, told):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        outage.begin()
        for n in range(RINGS):
            visitor.ring(n)
        told("events_wait", 2 * DELIVERY_LIMIT)
        outage.end()
        all_is_well(visitor, databases)


def test_a_stop_ends_the_waiting_and_gives_the_messages_back(databases, outage, told):
    with bells.running(bells.Bell), bells.visiting() as visitor:
        with bells.running(bells.Book):
            outage.begin()
            for n in range(RINGS):
                visitor.ring(n)
            told("events_wait", 3)
        outage.end()
        with bells.running(bells.Book):
            all_is_well(visitor, databases)


def test_a_channel_is_opened_anew_before_the_broker_loses_its_patience(databases, outage, told, monkeypatch):
    with bells.running(bells.Book) as books, bells.running(bells.Bell), bells.visiting() as visitor:
        outage.begin()
        for n in range(RINGS):
            visitor.ring(n)
        told("events_wait", 3)
        first = worker_of(books).channel
        monkeypatch.setattr(consumer, "RENEW_AFTER", 0.5)
        told("channel_renewed", 3)
        assert worker_of(books).channel is not first
        monkeypatch.setattr(consumer, "RENEW_AFTER", 600.0)
        outage.end()
        all_is_well(visitor, databases)
        visitor.ring(99)
        assert visitor.wait_for(RINGS + 1)[-1] == 99


def test_a_channel_that_the_broker_closes_costs_one_return(databases, outage, told):
    """As it does after its `consumer_timeout`: with 406, PRECONDITION_FAILED."""
    with bells.running(bells.Book) as books, bells.running(bells.Bell), bells.visiting() as visitor:
        outage.begin()
        for n in range(RINGS):
            visitor.ring(n)
        told("events_wait", 3)
        first = worker_of(books).channel
        first.basic_ack(10**6)
        with eventlet.Timeout(PATIENCE):
            while worker_of(books).channel is first:
                eventlet.sleep(0.05)
        told("events_wait", 6)
        outage.end()
        all_is_well(visitor, databases)


def test_a_connection_that_is_lost_meanwhile_doubles_nothing(databases, outage, told, amqp_server):
    with bells.running(bells.Book) as books, bells.running(bells.Bell), bells.visiting() as visitor:
        outage.begin()
        for n in range(RINGS):
            visitor.ring(n)
        told("events_wait", 3)
        worker_of(books).channel.connection.sock.shutdown(socket.SHUT_RDWR)
        told("events_wait", 6)
        outage.end()
        all_is_well(visitor, databases)
        with eventlet.Timeout(PATIENCE):
            while left_in_queue(amqp_server):
                eventlet.sleep(0.2)
