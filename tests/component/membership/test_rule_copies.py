"""Membership keeps copies of governance's rules by events, and decides by them."""

from __future__ import annotations

import pytest

from services.chassis.database.engine import Database
from tests.component.membership.harness import MembershipHarness
from tests.support import rule_copies


@pytest.fixture
def copying(database: Database) -> MembershipHarness:
    """The service without any rule."""
    return MembershipHarness(database)


@pytest.mark.databases("postgresql", "sqlite")
def test_every_shipped_rule_is_heard_and_kept_once(copying: MembershipHarness):
    rule_copies.hears_every_shipped_rule_and_keeps_each_once(copying)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_copy_from_a_file_is_taken_over_by_the_event(copying: MembershipHarness):
    rule_copies.takes_over_what_an_earlier_release_read_from_a_file(copying)


def test_own_rules_are_followed_in_whatever_order_the_events_come(copying: MembershipHarness):
    rule_copies.follows_own_rules_in_whatever_order_the_events_come(copying)
