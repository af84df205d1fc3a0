"""The membership service on databases as its migrations made them, with a union that every test finds as founded."""

from __future__ import annotations

import pytest

from services.chassis.database.engine import Database
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.harness import MembershipHarness


@pytest.fixture
def membership(database: Database) -> MembershipHarness:
    """The service with a union of two units."""
    membership = MembershipHarness(database)
    membership.establish()
    return membership


@pytest.fixture
def dues(database: Database) -> DuesHarness:
    """The service with a union of two units, whose dues are collected."""
    dues = DuesHarness(database)
    dues.establish()
    return dues
