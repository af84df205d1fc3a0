"""For every test that runs a service's code in this process: keys, migrated databases of the service, quick stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nameko.messaging import QueueConsumer

from services.chassis.database import engine
from services.chassis.database.engine import Database
from services.chassis.process import settings
from tests.support.clamd import Clamd, clamd_at
from tests.support.migrated import Templates
from tests.support.postgres import DatabaseServer

KEYS = {
    "GONGHUI_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "GONGHUI_SCRUTINY_KEYS": "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
    "GONGHUI_HASH_KEY": "hash-key-of-the-tests-32-bytes-long",
    "GONGHUI_SIGNING_KEY": "signing-key-of-the-tests-32-bytes",
}

KINDS = ("postgresql", "sqlite")


@pytest.fixture(autouse=True)
def _quick_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nameko's consumer look ten times a second whether it was asked to stop, so that tests need not wait."""
    run = QueueConsumer.run
    monkeypatch.setattr(QueueConsumer, "run", lambda self: run(self, safety_interval=0.1))


@pytest.fixture(scope="module", autouse=True)
def keys() -> Iterator[None]:
    """Keys that mean nothing."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        settings.reset()
        yield
    settings.reset()


@pytest.fixture(scope="module", autouse=True)
def unhurried(keys: None) -> Iterator[None]:
    """Waits that a busy machine does not exceed: for an answer, a statement, a row's lock, a connection."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGHUI_RPC_DEADLINE", "60")
        patch.setenv("GONGHUI_STATEMENT_TIMEOUT", "120")
        patch.setattr(engine, "LOCK_TIMEOUT_MS", 120_000)
        patch.setattr(engine, "POOL_TIMEOUT", 120.0)
        settings.reset()
        yield
    settings.reset()


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest) -> str:
    """The service whose tests these are: the folder's name."""
    return request.path.relative_to(Path(__file__).parent).parts[0]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases of a test: those its marker `databases` names, PostgreSQL without one.

    With `--all-databases`, a test without the marker runs on both.
    """
    if "database_kind" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("databases")
        unmarked = KINDS if metafunc.config.getoption("--all-databases") else KINDS[:1]
        metafunc.parametrize("database_kind", marker.args if marker else unmarked)


@pytest.fixture(scope="session")
def templates(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """The migrated databases of this run."""
    templates = Templates(database_server, tmp_path_factory.mktemp("templates"))
    yield templates
    templates.drop()


@pytest.fixture(scope="module")
def migrated_url(templates: Templates, database_url: Callable[..., str]) -> Callable[[str], str]:
    """`migrated_url("membership")` makes a migrated PostgreSQL database; all are dropped after the module."""
    return lambda service: database_url(service, template=templates.postgresql(service))


@pytest.fixture(scope="module")
def module_database(service: str, migrated_url: Callable[[str], str]) -> Iterator[Database]:
    """This module's PostgreSQL database. One engine, because it compiles each statement once."""
    database = Database(migrated_url(service), pool_size=20)
    yield database
    database.close()


@pytest.fixture
def postgresql(module_database: Database, restore: Callable[[Database], None]) -> Database:
    """A PostgreSQL database of the service as its migrations made it."""
    restore(module_database)
    return module_database


@pytest.fixture
def sqlite(service: str, templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database of the service as its migrations made it."""
    database = Database(templates.copy_sqlite(service, tmp_path))
    yield database
    database.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, database_kind: str) -> Database:
    """A database of the service as its migrations made it, of the kind that this run of the test is for."""
    return request.getfixturevalue(database_kind)


@pytest.fixture
def restore(service: str, templates: Templates) -> Callable[[Database], None]:
    """`restore(database)` brings a database of the service back to what its migrations made."""
    return lambda database: templates.restore(service, database)


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    """A scanner of uploaded files, configured."""
    with clamd_at(tmp_path / "clamd") as daemon, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGHUI_CLAMD_URL", f"unix://{tmp_path}/clamd")
        settings.reset()
        yield daemon
    settings.reset()
