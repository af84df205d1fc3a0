"""What becomes of units: like merges into like, parts have members, days follow each other, committees reach so far."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.contracts.membership.organisation.posts import role_of
from services.membership.organisation import rules

ONE, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("same", "kinds", "parents", "merges"),
    [
        (False, ("unit", "unit"), (ONE, ONE), True),
        (True, ("unit", "unit"), (ONE, ONE), False),
        (False, ("unit", "group"), (ONE, OTHER), False),
        (False, ("group", "group"), (ONE, ONE), True),
        (False, ("group", "group"), (ONE, OTHER), False),
        (False, ("committee", "committee"), (ONE, OTHER), True),
        (False, ("union", "union"), (None, None), False),
    ],
)
def test_like_merges_into_like(same: bool, kinds: tuple[str, str], parents: tuple, merges: bool) -> None:
    assert (rules.merges_into_its_like(same, kinds, parents) is None) is merges


def test_only_groups_and_committees_move_and_only_elsewhere() -> None:
    assert rules.moves_elsewhere("group", ONE, OTHER) is None
    assert rules.moves_elsewhere("group", ONE, ONE) is not None
    assert rules.moves_elsewhere("unit", ONE, OTHER) is not None


def test_a_unit_that_closes_leaves_nobody_behind() -> None:
    assert rules.nobody_is_left(3, close=False) is None
    assert rules.nobody_is_left(0, close=True) is None
    refusal = rules.nobody_is_left(3, close=True)
    assert refusal is not None
    assert refusal.params == {"staying": 3}


def test_a_change_lies_between_the_last_one_and_today() -> None:
    today = date(2026, 9, 1)
    assert rules.change_day_is_possible(today, date(2026, 9, 1), today) is None
    assert rules.change_day_is_possible(date(2020, 1, 1), None, today) is None
    assert rules.change_day_is_possible(date(1948, 12, 31), None, today) is not None
    assert rules.change_day_is_possible(date(2026, 9, 2), None, today) is not None
    assert rules.change_day_is_possible(date(2026, 8, 31), today, today) is not None


def test_committees_that_reach_the_union_stand_at_it() -> None:
    for committee in ("audit", "mediation", "proposals"):
        assert rules.committee_stands_at_union(committee, "union") is None
        assert rules.committee_stands_at_union(committee, "unit") is not None
    assert rules.committee_stands_at_union("women", "unit") is None
    assert rules.committee_fits_kind("unit", "women") is not None


@pytest.mark.parametrize(
    ("kind", "committee", "role"),
    [
        ("committee_member", "audit", "auditor"),
        ("committee_chair", "mediation", "mediator"),
        ("committee_deputy", "proposals", "handler"),
        ("committee_chair", "women", "member"),
        ("committee_member", None, "member"),
        ("unit_chair", None, "chair"),
        ("auditor", "women", "auditor"),
    ],
)
def test_the_role_follows_from_the_post_and_its_committee(kind: str, committee: str | None, role: str) -> None:
    assert role_of(kind, committee) == role
