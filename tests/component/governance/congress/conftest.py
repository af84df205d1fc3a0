"""A union with its units and the rules in force."""

from __future__ import annotations

import pytest

from tests.component.governance.congress.terms import Union
from tests.component.governance.harness import GovernanceHarness


@pytest.fixture
def union(funded: GovernanceHarness) -> Union:
    return Union(funded)
