"""An application for aid, ready to be drafted."""

from __future__ import annotations

import pytest

from tests.component.welfare.hardship.aid import Aid
from tests.component.welfare.harness import WelfareHarness


@pytest.fixture
def aid(welfare: WelfareHarness) -> Aid:
    return Aid(welfare)
