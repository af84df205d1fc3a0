"""Mediation, with the national and the demonstration rules."""

from __future__ import annotations

import pytest

from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.mediation.cases import Cases


@pytest.fixture
def cases(funded: GovernanceHarness) -> Cases:
    return Cases(funded)
