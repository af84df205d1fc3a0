"""Dismissal notices, with the national and the demonstration rules."""

from __future__ import annotations

import pytest

from tests.component.governance.dismissals.notices import Notices
from tests.component.governance.harness import GovernanceHarness


@pytest.fixture
def notices(funded: GovernanceHarness) -> Notices:
    return Notices(funded)
