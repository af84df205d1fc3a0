"""Databases with the service's own migrations, and a union in them that every test finds as it was founded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis import settings as settings_module
from services.chassis.database import ChassisBase, Database
from services.chassis.migrations import upgrade
from services.membership.base import Base
from tests.component.membership.union import Union

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
    url = database_url("membership")
    upgrade("membership", url)
    database = Database(url, pool_size=20)
    yield database
    database.close()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A migrated SQLite database of this module."""
    folder: Path = tmp_path_factory.mktemp("membership")
    url = f"sqlite:///{folder}/membership.sqlite3"
    upgrade("membership", url)
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def union(postgresql: Database) -> Union:
    """A union with two units on PostgreSQL."""
    return refounded(postgresql)


@pytest.fixture(params=["postgresql", "sqlite"])
def any_union(request: pytest.FixtureRequest) -> Union:
    """A union with two units, on each kind of database in turn."""
    return refounded(request.getfixturevalue(request.param))


def refounded(database: Database) -> Union:
    """Empty the database and found the union anew."""
    with database.session() as session:
        for metadata in (Base.metadata, ChassisBase.metadata):
            for table in reversed(metadata.sorted_tables):
                if table.name != "number_series":
                    session.execute(sa.delete(table))
        session.execute(sa.text("UPDATE number_series SET last = 0"))
    union = Union(database)
    union.found("00", "union", None)
    union.found("01")
    union.found("02")
    return union
