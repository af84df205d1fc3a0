"""The governance service on databases as its migrations made them, on the morning of 11 March 2026."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from services.chassis.database.engine import Database
from services.contracts.governance.funds import budget
from services.contracts.governance.rulebook import operations as rulebook
from tests.component.governance.harness import NOW, GovernanceHarness


@pytest.fixture
def morning() -> Iterator[None]:
    """The clock stands at ten in the morning, China's time, of 11 March 2026."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def governance(morning: None, database: Database) -> GovernanceHarness:
    """The service with nothing in it."""
    return GovernanceHarness(database)


@pytest.fixture
def funded(governance: GovernanceHarness) -> GovernanceHarness:
    """The service with the national and the demonstration rules, and a budget for 2026."""
    for name in ("national", "demo"):
        governance.ask(rulebook.adopt_rule_set, ruleset=name)
    governance.ask(budget.open_budget, year=2026)
    return governance
