"""The welfare service on databases as its migrations made them, at noon of 1 March 2023."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from services.chassis.database.engine import Database
from tests.component.welfare.harness import NOON, WelfareHarness
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
def welfare_without_rules(noon: None, database: Database) -> WelfareHarness:
    """The service before it knows any rule."""
    return WelfareHarness(database)


@pytest.fixture
def welfare(welfare_without_rules: WelfareHarness) -> WelfareHarness:
    """The service with the national and the demonstration rules."""
    welfare_without_rules.rules("national", "demo")
    return welfare_without_rules
