"""Databases with welfare's own migrations, and an office in them that every test finds as it was opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from services.chassis.database.engine import Database
from services.welfare.base import Base
from tests.component.conftest import empty
from tests.component.welfare.office import NOON, Office
from tests.support import open_transactions


@pytest.fixture(autouse=True)
def calls_outside_of_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call of another service while a transaction is open fails the test."""
    open_transactions.watch(monkeypatch)


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
    empty(database, Base.metadata)
    office = Office(database)
    office.rules(*rulesets)
    return office
