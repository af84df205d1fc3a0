"""Organisation: nesting of units, terms of posts, who may hold them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.membership.organisation import rules

UNIT, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        ("union", None, True), ("union", "union", False), ("unit", "union", True), ("unit", None, False),
        ("unit", "unit", False), ("group", "unit", True), ("group", "union", False), ("committee", "union", True),
        ("committee", "unit", True), ("committee", "group", False),
    ],
)  # fmt: skip
def test_units_are_nested_as_union_unit_group(kind: str, parent: str | None, fits: bool) -> None:
    assert (rules.parent_fits_kind(kind, parent) is None) is fits


def test_a_unit_with_anything_in_it_stays_open() -> None:
    assert rules.unit_is_empty(0, 0, 0, 0) is None
    refusal = rules.unit_is_empty(3, 0, 1, 0)
    assert refusal is not None
    assert refusal.params == {"members": 3, "posts": 1}


@pytest.mark.parametrize(
    ("starts", "years", "last"),
    [
        (date(2023, 3, 1), 5, date(2028, 2, 29)),
        (date(2023, 3, 1), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2023, 1, 1), 5, date(2027, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(starts: date, years: int, last: date) -> None:
    assert rules.end_of_term(starts, years) == last


def test_a_term_is_at_most_five_years_and_never_negative() -> None:
    assert rules.term_is_lawful(date(2023, 3, 1), date(2028, 2, 29)) is None
    assert rules.term_is_lawful(date(2023, 3, 1), date(2028, 3, 1)) is not None
    assert rules.term_is_lawful(date(2023, 3, 1), date(2023, 2, 28)) is not None


def test_a_post_is_held_where_it_belongs() -> None:
    assert rules.post_fits_unit("unit_chair", "unit", True) is None
    assert rules.post_fits_unit("unit_chair", "union", True) is not None
    assert rules.post_fits_unit("union_officer", "unit", True) is not None
    assert rules.post_fits_unit("delegate", "group", True) is None
    assert rules.post_fits_unit("delegate", "unit", False) is not None


def test_a_retained_member_holds_no_post() -> None:
    assert rules.holder_is_active("active") is None
    assert rules.holder_is_active("retained") is not None


def test_there_is_one_chair_but_there_are_many_delegates() -> None:
    assert rules.post_is_vacant("unit_chair", held=True) is not None
    assert rules.post_is_vacant("unit_chair", held=False) is None
    assert rules.post_is_vacant("delegate", held=True) is None


def test_the_chair_of_the_union_never_audits() -> None:
    assert rules.auditor_does_not_lead("auditor", ["union_chair"]) is not None
    assert rules.auditor_does_not_lead("union_chair", ["auditor"]) is not None
    assert rules.auditor_does_not_lead("auditor", ["delegate"]) is None
    assert rules.auditor_does_not_lead("delegate", ["union_chair"]) is None


def test_the_chair_of_a_unit_is_one_of_its_members() -> None:
    assert rules.chair_belongs_to_unit("unit_chair", same_unit=False) is not None
    assert rules.chair_belongs_to_unit("unit_chair", same_unit=True) is None
    assert rules.chair_belongs_to_unit("union_officer", same_unit=False) is None


def test_a_post_ends_early_within_its_term() -> None:
    term, today = (date(2023, 3, 1), date(2028, 2, 29)), date(2024, 8, 31)
    assert rules.end_lies_in_term(today, *term, today) is None
    assert rules.end_lies_in_term(date(2023, 2, 28), *term, today) is not None
    assert rules.end_lies_in_term(date(2024, 9, 1), *term, today) is not None
    assert rules.end_lies_in_term(date(2024, 1, 1), date(2023, 3, 1), date(2024, 5, 1), today) is not None


def test_committees_are_asked_for_from_25_members_and_ten_women() -> None:
    assert [rules.needs_committee(count) for count in (24, 25)] == [False, True]
    assert [rules.needs_women_committee(count) for count in (9, 10)] == [False, True]


def test_only_an_open_unit_takes_members() -> None:
    assert rules.unit_takes_members("unit", True) is None
    for kind in ("union", "group", "committee", None):
        assert rules.unit_takes_members(kind, True) is not None
    assert rules.unit_takes_members("unit", False) is not None


def test_a_group_is_an_open_group_of_the_unit() -> None:
    assert rules.group_is_of_unit(UNIT, "group", True, UNIT) is None
    assert rules.group_is_of_unit(OTHER, "group", True, UNIT) is not None
    assert rules.group_is_of_unit(UNIT, "committee", True, UNIT) is not None
    assert rules.group_is_of_unit(UNIT, "group", False, UNIT) is not None
