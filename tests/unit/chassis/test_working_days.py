"""Working days after a day: over days off, with make-up days, by weekday where the year is not arranged."""

from __future__ import annotations

from datetime import date

import pytest

from services.chassis.working_days import working_day_after, works


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2023, 3, 1), 3, date(2023, 3, 6)),
        (date(2023, 9, 28), 1, date(2023, 10, 7)),
        (date(2023, 9, 28), 3, date(2023, 10, 9)),
        (date(2023, 3, 1), 0, date(2023, 3, 1)),
        (date(2099, 3, 6), 1, date(2099, 3, 9)),
    ],
)
def test_due_days_pass_over_days_off_and_count_make_up_days(day: date, days: int, due: date) -> None:
    assert working_day_after(day, days) == due


def test_a_year_that_nobody_arranged_works_from_monday_to_friday() -> None:
    assert works(date(2099, 3, 6))
    assert not works(date(2099, 3, 7))
