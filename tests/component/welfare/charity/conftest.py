"""The welfare service on 1 September 2026, and a charity drive that takes gifts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from tests.component.welfare.charity.drives import AUTUMN, Drive
from tests.component.welfare.harness import WelfareHarness


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at noon of 1 September 2026."""
    with clock.frozen(AUTUMN):
        yield


@pytest.fixture
def drive(welfare: WelfareHarness) -> Drive:
    """An open drive."""
    return Drive(welfare)
