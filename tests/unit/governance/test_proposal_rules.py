"""Rules of proposals that are more than a comparison: the grade of many, likeness, grounds, closing."""

from __future__ import annotations

from datetime import date

import pytest

from services.governance.proposals import rules


@pytest.mark.parametrize(
    ("grades", "together"),
    [
        ([], None),
        (["satisfied"], "satisfied"),
        (["satisfied", "dissatisfied"], "dissatisfied"),
        (["satisfied", "satisfied", "dissatisfied"], "satisfied"),
        (["satisfied", "basic", "dissatisfied"], "basic"),
        (["basic", "basic", "satisfied", "satisfied"], "basic"),
    ],
)
def test_the_grade_of_many_is_the_middle_one_the_worse_of_two(grades: list[str], together: str | None) -> None:
    assert rules.overall(grades) == together


def test_one_proposer_is_enough_to_be_dissatisfied() -> None:
    assert rules.is_dissatisfied("satisfied", ["satisfied", "dissatisfied"])
    assert rules.is_dissatisfied("dissatisfied", [])
    assert not rules.is_dissatisfied("basic", ["basic"])
    assert not rules.is_dissatisfied(None, [])


@pytest.mark.parametrize(("common", "own", "other", "percent"), [(0, 0, 0, 0), (10, 10, 10, 100), (5, 10, 10, 50)])
def test_likeness_counts_the_pairs_that_both_have(common: int, own: int, other: int, percent: int) -> None:
    assert rules.likeness(common, own, other) == percent


@pytest.mark.parametrize(
    ("outcome", "percent", "done"),
    [(None, 99, False), ("solved", 100, True), ("planned", 40, False), ("not_now", 0, True), ("reference", 0, True)],
)
def test_only_what_was_promised_is_done_before_closing(outcome: str | None, percent: int, done: bool) -> None:
    assert (rules.implementation_is_done(outcome, percent) is None) is done


def test_the_check_is_of_december_and_once() -> None:
    assert rules.check_is_in_december(date(2026, 12, 31), False) is None
    assert rules.check_is_in_december(date(2026, 12, 1), True) is not None
    assert rules.check_is_in_december(date(2026, 11, 30), False) is not None


def test_lengths_at_their_limits() -> None:
    assert rules.reason_fits(50, 50, 300) is None
    assert rules.reason_fits(300, 50, 300) is None
    assert rules.reason_fits(301, 50, 300) is not None
    assert rules.suggestion_fits(30, 30) is None
    assert rules.seconders_suffice(2, 2) is None
    assert rules.second_handling_is_left(1, 1) is None
    assert rules.second_handling_is_left(2, 1) is not None
