"""Databases with the service's own migrations, emptied for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.activities.base import Base
from services.chassis import settings as settings_module
from services.chassis.database import ChassisBase, Database
from services.chassis.migrations import upgrade
from tests.component.activities.season import Season

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
        settings_module.reset()
        yield
    settings_module.reset()


@pytest.fixture(scope="module")
def postgresql(database_url: Callable[..., str]) -> Iterator[Database]:
    """A migrated PostgreSQL database of this module."""
    url = database_url("activities")
    upgrade("activities", url)
    database = Database(url, pool_size=16)
    yield database
    database.close()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A migrated SQLite database of this module."""
    folder: Path = tmp_path_factory.mktemp("activities")
    url = f"sqlite:///{folder}/activities.sqlite3"
    upgrade("activities", url)
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(params=["postgresql", "sqlite"])
def season(request: pytest.FixtureRequest) -> Season:
    """An empty calendar, on each kind of database in turn."""
    return emptied(request.getfixturevalue(request.param))


@pytest.fixture
def postgresql_season(postgresql: Database) -> Season:
    """An empty calendar on PostgreSQL, for what only a database with row locks can show."""
    return emptied(postgresql)


@pytest.fixture
def sqlite_season(sqlite: Database) -> Season:
    """An empty calendar on SQLite."""
    return emptied(sqlite)


def emptied(database: Database) -> Season:
    """Empty the database and begin a season in it."""
    with database.session() as session:
        for metadata in (Base.metadata, ChassisBase.metadata):
            for table in reversed(metadata.sorted_tables):
                session.execute(sa.delete(table))
    return Season(database)
