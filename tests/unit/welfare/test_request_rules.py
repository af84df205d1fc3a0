"""Rules of requests, counselling and statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.welfare.requests import rules
from services.welfare.statement import rules as statements

NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)


def test_a_step_follows_until_the_last_one_which_is_ended() -> None:
    assert rules.step_follows(1, 2) is None
    assert rules.step_follows(2, 2) is not None
    assert rules.last_step_is_reached(2, 2) is None
    refusal = rules.last_step_is_reached(1, 3)
    assert refusal is not None
    assert refusal.params == {"steps": 2}


def test_missing_documents_are_named() -> None:
    refusal = rules.documents_are_there(["户口本", "引进证明"])
    assert refusal is not None
    assert refusal.params == {"missing": "户口本、引进证明"}
    assert rules.documents_are_there([]) is None


@pytest.mark.parametrize(
    ("starts", "ends", "fits"), [(1, 2, True), (0, 1, False), (-1, 1, False), (2, 2, False), (1, 26, False)]
)
def test_a_slot_begins_ahead_and_ends_within_a_day(starts: int, ends: int, fits: bool) -> None:
    refusal = rules.slot_is_ahead(NOON + timedelta(hours=starts), NOON + timedelta(hours=ends), NOON)
    assert (refusal is None) is fits


@pytest.mark.parametrize(("year_from", "fits"), [(2023, True), (2013, True), (2012, False), (2024, False)])
def test_a_statement_covers_few_years_up_to_its_day(year_from: int, fits: bool) -> None:
    assert (statements.years_are_few(year_from, 2023, 10) is None) is fits


def test_a_statement_is_of_today_or_an_earlier_day() -> None:
    assert statements.day_has_come(date(2023, 3, 1), date(2023, 3, 1)) is None
    assert statements.day_has_come(date(2023, 3, 2), date(2023, 3, 1)) is not None
