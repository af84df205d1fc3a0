"""The activities service on databases as its migrations made them."""

from __future__ import annotations

import pytest

from services.chassis.database.engine import Database
from tests.component.activities.harness import ActivitiesHarness


@pytest.fixture
def activities(database: Database) -> ActivitiesHarness:
    """The service with an empty calendar."""
    return ActivitiesHarness(database)
