"""Units' congresses, with the national and the demonstration rules."""

from __future__ import annotations

import pytest

from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.unit_congresses.filings import Filings


@pytest.fixture
def filings(funded: GovernanceHarness) -> Filings:
    return Filings(funded)
