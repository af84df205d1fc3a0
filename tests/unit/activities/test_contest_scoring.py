"""Scores of contests: cases worked out by hand, and properties of ranks and means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.contests import rules
from services.activities.contests.scoring_rules import (
    award_of,
    exact,
    left_out,
    ranks,
    raw_score,
    rounded,
    total_of,
)

TEACHING = {1: Decimal(20), 2: Decimal(75), 3: Decimal(5)}


def of(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


@pytest.mark.parametrize(
    ("points", "total"),
    [
        # 90 × 20 % + 88.5 × 75 % + 95 × 5 % = 18 + 66.375 + 4.75
        (("90", "88.5", "95"), "89.125"),
        # 85.75 × 20 % + 91.25 × 75 % + 80 × 5 % = 17.15 + 68.4375 + 4
        (("85.75", "91.25", "80"), "89.5875"),
        (("100", "100", "100"), "100"),
        (("0", "0", "0"), "0"),
    ],
)
def test_a_sheet_totals_its_weighted_points_in_full(points: tuple[str, ...], total: str):
    found = total_of(dict(enumerate(map(Decimal, points), start=1)), TEACHING)
    assert found == Fraction(total)
    assert exact(found) == total


@pytest.mark.parametrize(
    ("sheets", "score"),
    [
        # 9.5 and 8.0 are dropped: (8.8 + 9.0 + 9.2) / 3 = 9
        (of("9.5", "8.8", "9.0", "9.2", "8.0"), "9.00"),
        # One of the two highest is dropped, not both: (9.6 + 9.1) / 2 = 9.35
        (of("9.6", "9.6", "9.1", "8.9"), "9.35"),
        # Three judges: the middle one alone.
        (of("91.23", "88.77", "90.005"), "90.01"),
        # All equal.
        (of("7", "7", "7"), "7.00"),
        # (88.1 + 88.2 + 88.2) / 3 = 88.1666…
        (of("80", "88.1", "88.2", "88.2", "99"), "88.17"),
    ],
)
def test_the_trimmed_mean_drops_one_highest_and_one_lowest(sheets: list[Fraction], score: str):
    raw = raw_score(sheets, "trimmed_mean")
    assert raw is not None
    assert str(rounded(raw)) == score


def test_a_trimmed_mean_needs_three_sheets_and_a_mean_one():
    assert raw_score(of("9", "8"), "trimmed_mean") is None
    assert raw_score([], "mean") is None
    assert raw_score(of("9"), "mean") == 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.005", "0.01"), ("0.015", "0.02"), ("0.025", "0.03"), ("2.675", "2.68"), ("1.00499999", "1.00"),
        ("-0.005", "-0.01"), ("89.125", "89.13"), ("100", "100.00"), ("1/3", "0.33"), ("2/3", "0.67"),
    ],
)  # fmt: skip
def test_halves_are_rounded_up(value: str, text: str):
    assert str(rounded(Fraction(value))) == text


def test_equal_ranks_leave_the_next_ones_out():
    scores = {"a": Fraction(95), "b": Fraction(90), "c": Fraction(90), "d": Fraction(85)}
    assert ranks(scores) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_four_equal_scores_share_one_rank_however_they_came_about():
    # Sums that floats would tell apart: 0.1 + 0.2 is 0.30000000000000004 there.
    parts = [("0.1", "0.2"), ("0.3", "0"), ("0.15", "0.15"), ("0.05", "0.25")]
    scores = {name: Fraction(one) + Fraction(two) for name, (one, two) in enumerate(parts)}
    assert set(ranks(scores).values()) == {1}


def test_scores_that_only_look_equal_have_different_ranks():
    # 271 / 3 = 90.333… and 90.33 both show 90.33.
    scores = {"third": Fraction(271, 3), "exact": Fraction("90.33")}
    assert rounded(scores["third"]) == rounded(scores["exact"])
    assert ranks(scores) == {"third": 1, "exact": 2}


@pytest.mark.parametrize(
    ("rank", "award"), [(1, "一等奖"), (2, "二等奖"), (3, "二等奖"), (4, "三等奖"), (6, "三等奖"), (7, None)]
)
def test_awards_go_by_places(rank: int, award: str | None):
    assert award_of(rank, [("一等奖", 1), ("二等奖", 2), ("三等奖", 3)]) == award


def test_who_shares_the_last_place_of_an_award_gets_it():
    scores = {"a": Fraction(9), "b": Fraction(8), "c": Fraction(8), "d": Fraction(7)}
    counts = [("一等奖", 2), ("二等奖", 1)]
    given_ = {name: award_of(rank, counts) for name, rank in ranks(scores).items()}
    assert given_ == {"a": "一等奖", "b": "一等奖", "c": "一等奖", "d": None}


def test_the_sheets_left_out_are_one_highest_and_one_lowest():
    totals = dict(zip("abcde", of("9.5", "8.8", "9.5", "8.0", "8.0"), strict=True))
    assert left_out(totals, "trimmed_mean") == {"c", "d"}
    assert left_out(totals, "mean") == frozenset()
    assert left_out(dict(zip("ab", of("1", "2"), strict=True)), "trimmed_mean") == frozenset()


scores_ = st.dictionaries(st.integers(0, 40), st.fractions(0, 100, max_denominator=600), max_size=25)
sheets_ = st.lists(st.decimals(0, 100, places=2).map(Fraction), min_size=3, max_size=15)


@given(scores_)
def test_a_rank_is_one_more_than_how_many_are_better(scores: dict[int, Fraction]):
    for key, rank in ranks(scores).items():
        assert rank == 1 + sum(other > scores[key] for other in scores.values())


@given(sheets_)
def test_a_trimmed_mean_lies_between_the_sheets_it_counts(sheets: list[Fraction]):
    mean = raw_score(sheets, "trimmed_mean")
    inner = sorted(sheets)[1:-1]
    assert mean is not None
    assert inner[0] <= mean <= inner[-1]
    assert mean * len(inner) == sum(sheets) - max(sheets) - min(sheets)


@given(sheets_, st.integers(0, 14), st.decimals(0, 1000, places=2))
def test_one_judge_cannot_move_a_trimmed_mean_beyond_the_others(sheets: list[Fraction], who: int, points: Decimal):
    others = [one for place, one in enumerate(sheets) if place != who % len(sheets)]
    bent = raw_score([*others, Fraction(points)], "trimmed_mean")
    assert bent is not None
    assert min(others) <= bent <= max(others)


@given(st.fractions(-1000, 1000, max_denominator=10_000))
def test_rounding_is_off_by_half_a_hundredth_at_most(value: Fraction):
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 200)


def test_weights_sum_to_100():
    assert rules.weights_sum_to_100([Decimal(20), Decimal(75), Decimal(5)]) is None
    assert rules.weights_sum_to_100([Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]) is None
    off = rules.weights_sum_to_100([Decimal(20), Decimal(75), Decimal(6)])
    assert off is not None
    assert off.params == {"total": "101"}
    assert rules.weights_sum_to_100([Decimal(100), Decimal(0)]) is not None


def test_all_that_is_wrong_with_points_is_told_at_once():
    wrong = rules.wrong_points({1: Decimal(101), 2: None, 9: Decimal(1)}, [1, 2, 3], 100, complete=True)
    assert wrong == {1: "above", 2: "missing", 3: "missing", 9: "unknown"}
    assert rules.wrong_points({1: Decimal(100)}, [1, 2], 100, complete=False) == {}
