"""Fixtures for every test: servers for the whole run, a vhost and databases of its own for every module.

Nothing is skipped here: a skip is reported as a failure, since a test that silently does not run proves nothing.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from unittest.mock import patch

import pytest
from hypothesis import settings

from tests.support import servers
from tests.support.chromium import chromium_program
from tests.support.containers import PostgresContainer, RabbitContainer
from tests.support.postgres import DatabaseServer, PostgresCluster
from tests.support.rabbitmq import Broker, RabbitNode

# No deadlines: a busy machine is no fault of an example. `--hypothesis-profile=thorough` chooses the other profile.
settings.register_profile("gonghui", deadline=None, max_examples=30)
settings.register_profile("thorough", deadline=None, max_examples=300)
settings.load_profile("gonghui")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let component tests run on SQLite too that do not ask for it by the marker `databases`."""
    parser.addoption("--all-databases", action="store_true", help="run component tests on PostgreSQL and on SQLite")


@pytest.fixture(scope="session", autouse=True)
def _words_have_texts() -> Iterator[None]:
    """Let a word without a text fail the test that shows it; a page in use shows the word and logs it."""

    def fail(key: object, table: str) -> None:
        raise KeyError(f"{key} has no text in {table}")

    with patch("gateway.portal.words.without_text", fail):
        yield


@pytest.fixture(scope="session")
def amqp_server() -> Iterator[Broker]:
    """The run's broker; tests share it, so they may not stop it."""
    with servers.amqp_server() as broker:
        yield broker


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    """The run's database server; tests share it, so they may not stop it."""
    with servers.database_server() as server:
        yield server


@pytest.fixture(scope="module")
def amqp_url(amqp_server: Broker) -> Iterator[str]:
    """The AMQP URL of an empty vhost that only this module uses."""
    url = amqp_server.new_vhost()
    yield url
    amqp_server.drop_vhost(url)


@pytest.fixture(scope="module")
def database_url(database_server: DatabaseServer) -> Iterator[Callable[..., str]]:
    """`database_url("membership")` makes an empty database at every call; all are dropped after the module.

    `template=` takes the URL of a database that nothing is connected to, and copies it: a migrated one, say.
    """
    made: list[str] = []

    def make(service: str, *, template: str | None = None) -> str:
        made.append(database_server.new_database(service, template=template))
        return made[-1]

    yield make
    for url in made:
        database_server.drop_database(url)


@pytest.fixture(scope="module")
def own_amqp_server() -> Iterator[RabbitNode | RabbitContainer]:
    """A broker that only this module uses: it may `stop()`, `kill()` and `start()` it. Takes some ten seconds."""
    with servers.own_amqp_server() as broker:
        yield broker


@pytest.fixture(scope="module")
def own_database_server() -> Iterator[PostgresCluster | PostgresContainer]:
    """A database server that only this module uses: it may `stop()`, `kill()` and `start()` it."""
    with servers.own_database_server() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; start it with the arguments in tests.support.chromium."""
    return chromium_program()


def pytest_configure() -> None:
    """Let SIGTERM end the run as Ctrl-C does, so that servers started here end with it."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)


def pytest_collection_finish() -> None:
    """Keep what was imported for the tests out of garbage collection: to walk through it takes seconds each time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let all be collected at the end, so that libraries do not complain of what is left."""
    gc.unfreeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Turn a skip into a failure."""
    report = yield
    return _fail_if_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """Turn the skip of a whole module into a failure."""
    report = yield
    return _fail_if_skipped(report)


def _fail_if_skipped(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"Nothing may be skipped here: {reason}"
    return report
