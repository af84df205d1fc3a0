"""Databases with the service's own migrations, and a union in them that every test finds as it was founded."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.membership.base import Base
from tests.component.conftest import empty
from tests.component.membership.union import Union


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
    empty(database, Base.metadata, keep=("number_series", "consent_text"))
    with database.session() as session:
        session.execute(sa.text("DELETE FROM number_series WHERE name <> 'member'"))
        session.execute(sa.text("UPDATE number_series SET last = 0"))
        session.execute(sa.text("DELETE FROM consent_text WHERE version <> '2026-01'"))
    union = Union(database)
    union.adopt_rules()
    union.found("00", "union", None)
    union.found("01")
    union.found("02")
    return union
