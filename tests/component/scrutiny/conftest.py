"""The scrutiny service on databases as its migrations made them."""

from __future__ import annotations

import pytest

from services.chassis.database.engine import Database
from tests.component.scrutiny.harness import ScrutinyHarness
from tests.support.blind_keys import give_keys


@pytest.fixture
def scrutiny(database: Database, monkeypatch: pytest.MonkeyPatch) -> ScrutinyHarness:
    """The service with nothing in it; two keys for all ballots."""
    give_keys(monkeypatch, 2)
    return ScrutinyHarness(database)
