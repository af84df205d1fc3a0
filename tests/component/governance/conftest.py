"""Governance on real databases: migrated once a module, copied for every test, since its ledger can't be emptied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.contracts.governance.funds import budget
from services.contracts.governance.rulebook import operations as rulebook
from tests.component.governance.office import Office


@pytest.fixture(scope="module")
def migrated_postgresql(database_url: Callable[..., str]) -> str:
    """A migrated PostgreSQL database nobody is connected to."""
    url = database_url("governance")
    upgrade("governance", url)
    return url


@pytest.fixture(scope="module")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file nobody has open."""
    path = tmp_path_factory.mktemp("governance") / "migrated.sqlite3"
    upgrade("governance", f"sqlite:///{path}")
    return path


@pytest.fixture
def postgresql(migrated_postgresql: str, database_url: Callable[..., str]) -> Iterator[Database]:
    """A migrated PostgreSQL database of this test."""
    database = Database(database_url("governance", template=migrated_postgresql), pool_size=20)
    yield database
    database.close()


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated SQLite database of this test."""
    path = shutil.copy(migrated_sqlite, tmp_path / "governance.sqlite3")
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture(params=["postgresql", "sqlite"])
def office(request: pytest.FixtureRequest) -> Office:
    """An office on each kind of database in turn, with nothing in it."""
    return Office(request.getfixturevalue(request.param))


@pytest.fixture
def funded(office: Office) -> Office:
    """An office with the national and the demonstration rules, and a budget for 2026."""
    return fund(office)


@pytest.fixture
def busy(postgresql: Database) -> Office:
    """A funded office on PostgreSQL, where transactions run side by side."""
    return fund(Office(postgresql))


def fund(office: Office) -> Office:
    """Give an office its rules and its budget."""
    for name in ("national", "demo"):
        office.ask(rulebook.adopt_rule_set, ruleset=name)
    office.ask(budget.open_budget, year=2026)
    return office
