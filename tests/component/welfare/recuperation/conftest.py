"""The welfare service on 4 May 2026, and a round of recuperation that members can apply for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.recuperation.rounds import SPRING, Round


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at noon of 4 May 2026."""
    with clock.frozen(SPRING):
        yield


@pytest.fixture
def round_(welfare: WelfareHarness) -> Round:
    """An open round without trips."""
    return Round(welfare)
