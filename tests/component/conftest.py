"""For every test that runs a service's code in this process: keys, migrated databases of the service, quick stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from nameko.messaging import QueueConsumer

from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.migrations import upgrade
from services.chassis.process import settings

KEYS = {
    "GONGHUI_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "GONGHUI_HASH_KEY": "hash-key-of-the-tests-32-bytes-long",
    "GONGHUI_SIGNING_KEY": "signing-key-of-the-tests-32-bytes",
}


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


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest) -> str:
    """The service whose tests these are: the folder's name."""
    return request.path.parent.name


@pytest.fixture(scope="module")
def postgresql(service: str, database_url: Callable[..., str]) -> Iterator[Database]:
    """A migrated PostgreSQL database of this module."""
    url = database_url(service)
    upgrade(service, url)
    database = Database(url, pool_size=20)
    yield database
    database.close()


@pytest.fixture(scope="module")
def sqlite(service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A migrated SQLite database of this module."""
    url = f"sqlite:///{tmp_path_factory.mktemp(service)}/{service}.sqlite3"
    upgrade(service, url)
    database = Database(url)
    yield database
    database.close()


def empty(database: Database, tables: sa.MetaData, keep: tuple[str, ...] = ()) -> None:
    """Delete every row of a service's tables and the chassis', but those of the tables in `keep`."""
    with database.session() as session:
        for metadata in (tables, ChassisBase.metadata):
            for table in reversed(metadata.sorted_tables):
                if table.name not in keep:
                    session.execute(sa.delete(table))
