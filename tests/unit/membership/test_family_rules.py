"""What is kept of a member's family, and when the guardian must consent."""

from __future__ import annotations

from datetime import date

import pytest

from services.membership.family import rules

TODAY = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("born", "child"), [(date(2009, 6, 1), False), (date(2009, 6, 2), True), (date(2023, 6, 1), True), (None, False)]
)
def test_whoever_is_below_fourteen_is_a_child(born: date | None, child: bool) -> None:
    assert rules.is_child(born, TODAY) is child


def test_a_child_below_fourteen_needs_the_guardians_consent() -> None:
    assert rules.guardian_consents(child=True, consent="2026-01") is None
    assert rules.guardian_consents(child=False, consent=None) is None
    refusal = rules.guardian_consents(child=True, consent=None)
    assert refusal is not None
    assert refusal.rule == "family.guardian_consents"


def test_a_childs_day_of_birth_is_stated() -> None:
    assert rules.birth_date_of_child_is_stated("child", None) is not None
    assert rules.birth_date_of_child_is_stated("spouse", None) is None


def test_only_ones_own_small_children_are_recorded() -> None:
    assert rules.small_child_is_own("other", child=True) is not None
    assert rules.small_child_is_own("child", child=True) is None
    assert rules.small_child_is_own("other", child=False) is None


def test_days_of_birth_are_possible_ones() -> None:
    for born in (date(2023, 6, 2), date(1900, 1, 1)):
        assert rules.birth_date_is_past(born, TODAY) is not None
    assert rules.birth_date_is_past(date(1930, 1, 1), TODAY) is None


def test_a_family_has_its_limit() -> None:
    assert rules.family_has_room(11, 12) is None
    assert rules.family_has_room(12, 12) is not None
