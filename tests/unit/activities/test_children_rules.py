"""Rules of children's classes: ages on the first day, terms, when children are registered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.activities.children_classes import rules

NOW = datetime(2026, 9, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born_on", "age"),
    [
        (date(2019, 9, 1), 7), (date(2019, 9, 2), 6), (date(2020, 2, 29), 6), (date(2026, 9, 1), 0),
    ],
)  # fmt: skip
def test_the_age_is_that_of_full_years_on_the_first_day(born_on, age):
    assert rules.full_years(born_on, date(2026, 9, 1)) == age


def test_who_is_born_on_the_leap_day_is_older_on_the_first_of_march():
    assert rules.full_years(date(2020, 2, 29), date(2025, 2, 28)) == 4
    assert rules.full_years(date(2020, 2, 29), date(2025, 3, 1)) == 5


def test_both_ends_of_the_ages_are_in_the_class():
    assert [age for age in range(4, 11) if rules.age_fits(age, 6, 8) is None] == [6, 7, 8]


@pytest.mark.parametrize(
    ("opens", "closes", "ends", "phase"),
    [(1, 2, 30, "coming"), (0, 1, 30, "open"), (-2, 0, 30, "closed"), (-2, 5, -1, "over"), (-2, 5, 0, "open")],
)
def test_a_class_is_open_from_the_opening_until_it_closes_and_the_term_ends(opens, closes, ends, phase):
    day = timedelta(days=1)
    today = date(2026, 9, 1)
    assert rules.phase_of(NOW + opens * day, NOW + closes * day, today + ends * day, NOW, today) == phase


def test_a_child_stays_in_its_class_when_the_parent_dies_but_is_not_registered_anew():
    assert "deceased" in rules.KEEPS
    assert rules.standing_may_register("deceased") is not None
    assert rules.standing_may_register("withdrawn") is not None
    assert rules.standing_may_register("retained") is None
