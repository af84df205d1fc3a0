"""Every day in a life has a plausible range; what lies outside is refused with the range."""

from __future__ import annotations

from datetime import date

import pytest

from services.membership import date_rules as rules

TODAY = date(2026, 11, 28)
BORN = date(1980, 2, 29)


@pytest.mark.parametrize(
    ("birth", "plausible"),
    [(date(1900, 1, 1), True), (TODAY, True), (date(1899, 12, 31), False), (date(2026, 11, 29), False)],
)
def test_people_are_born_from_1900_to_today(birth: date, plausible: bool) -> None:
    assert (rules.birth_date_is_plausible(birth, TODAY) is None) is plausible


@pytest.mark.parametrize(
    ("joined_on", "birth", "plausible"),
    [
        (date(1, 1, 1), None, False), (date(1900, 1, 1), None, False), (date(1948, 12, 31), None, False),
        (date(1949, 1, 1), None, True), (date(1996, 2, 28), BORN, False), (date(1996, 2, 29), BORN, True),
        (TODAY, BORN, True), (date(2026, 11, 29), BORN, False),
    ],
)  # fmt: skip
def test_membership_begins_from_1949_and_the_16th_birthday_to_today(
    joined_on: date, birth: date | None, plausible: bool
) -> None:
    assert (rules.joined_on_is_plausible(joined_on, birth, TODAY) is None) is plausible


def test_the_refusal_names_field_and_range() -> None:
    refusal = rules.joined_on_is_plausible(date(1900, 1, 1), BORN, TODAY)

    assert refusal is not None
    assert (refusal.rule, refusal.field) == ("person.day_is_plausible", "joined_on")
    assert refusal.params == {"earliest": "1996-02-29", "latest": "2026-11-28"}
