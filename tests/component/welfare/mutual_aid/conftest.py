"""The welfare service on 4 May 2026, and a plan of mutual aid with a period that members can be enrolled in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.chassis import clock
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.mutual_aid.plans import SPRING, Plan


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at noon of 4 May 2026."""
    with clock.frozen(SPRING):
        yield


@pytest.fixture
def plan(welfare_without_rules: WelfareHarness) -> Plan:
    """A plan for hospital costs with an open period from 1 June 2026, paid by the union."""
    return Plan(welfare_without_rules)
