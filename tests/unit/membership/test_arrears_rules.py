"""When unpaid dues stop awaiting the payroll and are arrears."""

from __future__ import annotations

from datetime import date

import pytest

from services.membership.dues import arrears_rules, rules

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("month", "day", "begins"),
    [
        (MARCH, 15, date(2026, 4, 15)),
        (date(2026, 12, 1), 15, date(2027, 1, 15)),
        (date(2027, 1, 1), 31, date(2027, 2, 28)),
        (MARCH, 0, date(2026, 4, 1)),
    ],
)
def test_arrears_begin_on_a_day_of_the_following_month(month, day, begins):
    assert arrears_rules.arrears_begin(month, day) == begins


def test_a_month_awaits_its_payroll_until_the_day_or_until_the_payroll_was_posted():
    days = {APRIL: 15, MARCH: 15}
    before, on = date(2026, 4, 14), date(2026, 4, 15)

    assert arrears_rules.months_awaiting(days, (), before) == {APRIL: date(2026, 5, 15), MARCH: date(2026, 4, 15)}
    assert list(arrears_rules.months_awaiting(days, (), on)) == [APRIL]
    assert list(arrears_rules.months_awaiting(days, {APRIL}, before)) == [MARCH]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2027, 1, 15)])
def test_no_month_outside_of_those_in_question_could_await_a_payroll(today):
    earlier = arrears_rules.months_in_question(arrears_rules.months_in_question(today)[-1])[-1]
    assert arrears_rules.arrears_begin(earlier, 31) <= today


def test_a_month_is_waiting_only_while_nothing_came_in():
    due = rules.FEN * 1740
    assert rules.state_of(due, rules.NOTHING, awaiting=True) == "waiting"
    assert rules.state_of(due, rules.FEN, awaiting=True) == "part"
    assert rules.state_of(due, due, awaiting=True) == "paid"
