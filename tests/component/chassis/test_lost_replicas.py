"""A replica that leads is stopped, or its host vanishes: another one publishes and answers, and nothing comes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import eventlet
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from services.chassis.database.engine import Database
from services.chassis.database.leases import LeaseRow
from services.chassis.database.transaction import transaction
from tests.component.chassis import bells
from tests.component.chassis.conftest import surroundings
from tests.support.hosts import Host
from tests.support.machine import apt_install, find_program
from tests.support.postgres import DEBIAN_PACKAGES as POSTGRES_PACKAGES
from tests.support.postgres import PostgresCluster, find_postgres
from tests.support.rabbitmq import DEBIAN_PACKAGES as RABBITMQ_PACKAGES
from tests.support.rabbitmq import RabbitNode, find_rabbitmq

LONG = 120
"""Seconds a busy machine may take; what is waited for takes ten to thirty."""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """Another host, whose cable is in."""
    if find_program("ip", folders=["/usr/sbin", "/sbin", "/usr/bin"]) is None:
        apt_install(("iproute2",), why="another host for tests")
    made = Host()
    try:
        yield made.start()
    finally:
        made.remove()


@pytest.fixture(scope="module")
def servers(host: Host) -> Iterator[tuple[RabbitNode, PostgresCluster]]:
    """A broker and a database server that the other host reaches, too."""
    if not find_postgres():
        apt_install(POSTGRES_PACKAGES, why="PostgreSQL for tests")
    if not find_rabbitmq():
        apt_install(RABBITMQ_PACKAGES, why="RabbitMQ for tests")
    broker, server = RabbitNode(), PostgresCluster()
    try:
        for one in (broker, server):
            one.listen_also(host.our_address)
        yield broker.start(), server.start()
    finally:
        broker.remove()
        server.remove()


@pytest.fixture
def databases(servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Database]]:
    broker, server = servers
    for name in ("HASH_KEY", "SIGNING_KEY"):
        monkeypatch.setenv(f"GONGHUI_{name}", name.lower() * 4)
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    monkeypatch.setenv("GONGHUI_AMQP_URL", broker.new_vhost())
    yield from surroundings({name: server.new_database(name) for name in bells.BASES}, monkeypatch)


@pytest.fixture
def leader(databases, host: Host) -> Iterator[subprocess.Popen]:
    """A replica of `bell` on the other host that leads."""
    env = {
        name: value.replace("127.0.0.1", host.our_address) if urlsplit(value).hostname == "127.0.0.1" else value
        for name, value in os.environ.items()
    }
    process = subprocess.Popen(host.command([sys.executable, "-m", "tests.component.chassis.bell_replica"]), env=env)
    try:
        until(lambda: f"-{process.pid}-" in (holder(databases) or ""))
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], bool]) -> None:
    with eventlet.Timeout(LONG):
        while not condition():
            eventlet.sleep(0.1)


def holder(databases: dict[str, Database]) -> str | None:
    with databases["bell"].session() as session:
        return session.scalar(sa.select(LeaseRow.holder).where(LeaseRow.name == "relay"))


def announce(databases: dict[str, Database], *numbers: int) -> None:
    with transaction(databases["bell"]) as tx:
        tx.record(*(bells.Rung(n=n, door=1) for n in numbers))


def test_when_the_leader_is_stopped_another_publishes_and_nothing_comes_twice(databases, leader):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        announce(databases, 1, 2)
        assert visitor.wait_for(2, LONG) == [1, 2]
        leader.send_signal(signal.SIGSTOP)
        announce(databases, 3, 4)
        assert visitor.wait_for(4, LONG) == [1, 2, 3, 4]
        for n in range(20, 26):
            assert visitor.ring(n, idempotency_key=f"ring-{n}") == {"n": n}
        leader.send_signal(signal.SIGCONT)
        announce(databases, 5)
        lines = visitor.wait_for(11, LONG)
    assert sorted(lines) == [1, 2, 3, 4, 5, *range(20, 26)]


def test_when_the_leaders_host_vanishes_another_publishes_and_its_sessions_end(databases, leader, host):
    def sessions() -> int:
        with databases["bell"].session() as session:
            asked = sa.text("SELECT count(*) FROM pg_stat_activity WHERE host(client_addr) = :address")
            return session.scalar(asked, {"address": host.address})

    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        announce(databases, 1, 2)
        assert visitor.wait_for(2, LONG) == [1, 2]
        assert sessions()
        host.pull_cable()
        announce(databases, 3, 4)
        assert visitor.wait_for(4, LONG) == [1, 2, 3, 4]
        for n in range(20, 26):
            assert visitor.ring(n, idempotency_key=f"ring-{n}") == {"n": n}
        until(lambda: sessions() == 0)
