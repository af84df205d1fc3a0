"""Where a test's RabbitMQ and PostgreSQL come from; never skipped.

In this order: the addresses in TEST_AMQP_URL (with TEST_AMQP_MANAGEMENT_URL) and TEST_DATABASE_URL; the RabbitMQ of
the system in TEST_RABBITMQ_ROOT; containers where a Docker engine answers; programs found on this machine, started
privately on free loopback ports; the same after installing them, where we are root on Debian; else an error that names
what to install.

As a program it holds one server of each and prints their addresses, for working on tests without waiting for a start:
`python -m tests.support.servers FILE` writes `export ...` lines to FILE and stays until it is told to end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.support import containers, postgres, rabbitmq
from tests.support.machine import apt_install
from tests.support.postgres import DatabaseServer, PostgresCluster
from tests.support.rabbitmq import Broker, RabbitNode

OwnDatabaseServer = PostgresCluster | containers.PostgresContainer
"""A database server that may be stopped and started again."""


@contextmanager
def amqp_server() -> Iterator[Broker]:
    """A broker for the whole run, ended afterwards when it was started here.

    Raises:
        Missing: there is none and none can be installed.
    """
    if url := os.environ.get("TEST_AMQP_URL"):
        yield Broker.at(url, os.environ.get("TEST_AMQP_MANAGEMENT_URL"))
        return
    with own_amqp_server() as broker:
        yield broker


@contextmanager
def database_server() -> Iterator[DatabaseServer]:
    """A database server for the whole run, ended afterwards when it was started here.

    Raises:
        Missing: there is none and none can be installed.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield DatabaseServer.at(url)
        return
    with own_database_server() as server:
        yield server


@contextmanager
def own_amqp_server() -> Iterator[RabbitNode | containers.RabbitContainer]:
    """A broker that nobody shares, so that a test may stop, kill and start it."""
    contained = rabbitmq.rabbitmq_root() == Path("/") and containers.engine_answers()
    node = containers.RabbitContainer() if contained else _private_node()
    try:
        yield node.start()
    finally:
        node.remove()


@contextmanager
def own_database_server() -> Iterator[OwnDatabaseServer]:
    """A database server that nobody shares, so that a test may stop, kill and start it."""
    cluster = containers.PostgresContainer() if containers.engine_answers() else _private_cluster()
    try:
        yield cluster.start()
    finally:
        cluster.remove()


def _private_node() -> RabbitNode:
    if rabbitmq.rabbitmq_root() == Path("/") and not rabbitmq.find_rabbitmq():
        apt_install(rabbitmq.DEBIAN_PACKAGES, why="RabbitMQ for tests")
    return RabbitNode()


def _private_cluster() -> PostgresCluster:
    if not postgres.find_postgres():
        apt_install(postgres.DEBIAN_PACKAGES, why="PostgreSQL for tests")
    return PostgresCluster()


def _hold(file: Path) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    with own_amqp_server() as broker, own_database_server() as database:
        file.write_text(
            f"export TEST_AMQP_URL={broker.url()}\n"
            f"export TEST_AMQP_MANAGEMENT_URL={broker.management_url}\n"
            f"export TEST_DATABASE_URL={database.url(database.maintenance)}\n"
        )
        print(f"RabbitMQ and PostgreSQL are up; their addresses are in {file}. SIGTERM ends them.", flush=True)
        signal.pause()


if __name__ == "__main__":
    _hold(Path(sys.argv[1]))
