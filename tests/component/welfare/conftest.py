"""Databases with welfare's own migrations, and an office in them that every test finds as it was opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis import clock, settings
from services.chassis.database import ChassisBase, Database
from services.chassis.migrations import upgrade
from services.welfare.base import Base
from tests.component.welfare.office import NOON, Office

KEYS = {
    "GONGHUI_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "GONGHUI_HASH_KEY": "hash-key-of-the-tests",
    "GONGHUI_SIGNING_KEY": "signing-key-of-the-tests-32-bytes",
}


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
def postgresql(database_url: Callable[..., str]) -> Iterator[Database]:
    """A migrated PostgreSQL database of this module."""
    url = database_url("welfare")
    upgrade("welfare", url)
    database = Database(url, pool_size=20)
    yield database
    database.close()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A migrated SQLite database of this module."""
    folder: Path = tmp_path_factory.mktemp("welfare")
    url = f"sqlite:///{folder}/welfare.sqlite3"
    upgrade("welfare", url)
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at noon of 1 March 2023."""
    with clock.frozen(NOON):
        yield


@pytest.fixture
def office(noon: None, postgresql: Database) -> Office:
    """An office on PostgreSQL with both rule sets."""
    return opened(postgresql)


@pytest.fixture(params=["postgresql", "sqlite"])
def any_office(noon: None, request: pytest.FixtureRequest) -> Office:
    """An office with both rule sets, on each kind of database in turn."""
    return opened(request.getfixturevalue(request.param))


@pytest.fixture
def office_without_rules(noon: None, postgresql: Database) -> Office:
    """An office on PostgreSQL that knows no rule yet."""
    return opened(postgresql, ())


def opened(database: Database, rulesets: tuple[str, ...] = ("national", "demo")) -> Office:
    """Empty the database and open the office anew."""
    with database.session() as session:
        for metadata in (Base.metadata, ChassisBase.metadata):
            for table in reversed(metadata.sorted_tables):
                session.execute(sa.delete(table))
    office = Office(database)
    office.rules(*rulesets)
    return office
