"""Rules of clubs: terms, founders, verdicts, years that can be told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.activities.clubs import rules


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 15), 36, date(2029, 12, 14)),
        (date(2026, 11, 1), 1, date(2026, 11, 30)),
    ],
)
def test_a_term_ends_the_day_before_it_would_begin_again(starts_on, months, last):
    assert rules.end_of_term(starts_on, months) == last


@pytest.mark.parametrize(
    ("verdicts", "most", "suspended"),
    [
        (["failed"], 1, True),
        (["failed", "failed"], 2, True),
        (["failed", "passed", "failed"], 2, False),
        (["failed"], 2, False),
        (["warned", "failed"], 1, False),
        (["failed", "failed"], None, False),
        (["failed"], 0, False),
    ],
)
def test_failed_years_in_a_row_suspend_by_rule(verdicts, most, suspended):
    assert rules.is_suspended_after(verdicts, most) is suspended


def test_only_a_good_verdict_needs_the_activities_of_the_rule():
    assert rules.verdict_fits_activities("passed", 4, 4) is None
    refusal = rules.verdict_fits_activities("excellent", 3, 4)
    assert refusal is not None
    assert refusal.params == {"held": 3, "least": 4}
    assert rules.verdict_fits_activities("warned", 0, 4) is None


def test_the_report_tells_this_year_or_the_last_not_before_the_club_was():
    today = date(2026, 11, 30)

    assert rules.year_can_be_told(2026, today, date(2026, 3, 1)) is None
    assert rules.year_can_be_told(2025, today, date(2020, 3, 1)) is None
    assert rules.year_can_be_told(2025, today, date(2026, 3, 1)) is not None
    assert rules.year_can_be_told(2024, today, date(2020, 3, 1)) is not None
    assert rules.year_can_be_told(2027, today, date(2020, 3, 1)) is not None


def test_a_grant_may_be_as_much_as_the_rule_says_and_no_fen_more():
    assert rules.grant_is_within(Decimal("5000.00"), Decimal(5000)) is None
    assert rules.grant_is_within(Decimal("5000.01"), Decimal(5000)) is not None


def test_retired_members_join_clubs_that_are_for_them_only():
    assert rules.standing_may_join("retained", True) is None
    assert rules.standing_may_join("retained", False) is not None
    assert rules.standing_may_join("withdrawn", True) is not None
    assert rules.standing_may_join(None, True) is not None


def test_a_term_has_begun_and_ends_in_the_future():
    today = date(2026, 11, 30)

    assert rules.term_is_sound(today, date(2026, 12, 1), today) is None
    assert rules.term_is_sound(date(2026, 12, 1), date(2027, 12, 1), today) is not None
    assert rules.term_is_sound(date(2020, 1, 1), today, today) is not None
