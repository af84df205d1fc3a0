"""The welfare service on 4 May 2026, and a campaign in preparation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from tests.component.welfare.examinations.campaigns import SPRING, Campaign
from tests.component.welfare.harness import WelfareHarness


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at noon of 4 May 2026."""
    with clock.frozen(SPRING):
        yield


@pytest.fixture
def campaign(welfare: WelfareHarness) -> Campaign:
    """A general campaign without packages and slots."""
    return Campaign(welfare)
