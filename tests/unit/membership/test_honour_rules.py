"""Honours typed in from papers."""

from __future__ import annotations

from datetime import date

from services.membership.honours import rules

BORN, TODAY = date(1980, 5, 1), date(2023, 3, 1)


def test_an_honour_lies_between_the_age_of_work_and_today() -> None:
    for day in (date(1996, 5, 1), date(2010, 5, 1), TODAY):
        assert rules.awarded_on_is_possible(day, BORN, TODAY) is None
    for day in (BORN, date(1979, 1, 1), date(1996, 4, 30), date(2023, 3, 2)):
        assert rules.awarded_on_is_possible(day, BORN, TODAY) is not None


def test_what_came_from_an_award_is_revoked_there() -> None:
    assert rules.honour_was_typed_in("papers") is None
    assert rules.honour_was_typed_in("award") is not None


def test_an_honour_is_taken_back_once() -> None:
    assert rules.honour_stands("stands") is None
    assert rules.honour_stands("revoked") is not None
