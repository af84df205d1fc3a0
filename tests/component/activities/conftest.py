"""Databases with the service's own migrations, emptied for every test."""

from __future__ import annotations

import pytest

from services.activities.base import Base
from services.chassis.database.engine import Database
from tests.component.activities.season import Season
from tests.component.conftest import empty


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
    empty(database, Base.metadata)
    return Season(database)
