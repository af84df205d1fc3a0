"""When unpaid dues stop awaiting the payroll and are arrears."""

from __future__ import annotations

from datetime import date

import pytest

from services.membership.dues import arrears_rules, rules


@pytest.mark.parametrize(
    ("month", "day", "begins"),
    [
        ("2026-03", 15, date(2026, 4, 15)),
        ("2026-12", 15, date(2027, 1, 15)),
        ("2027-01", 31, date(2027, 2, 28)),
        ("2026-03", 0, date(2026, 4, 1)),
    ],
)
def test_arrears_begin_on_a_day_of_the_following_month(month, day, begins):
    assert arrears_rules.arrears_begin(month, day) == begins


def test_a_month_awaits_its_payroll_until_the_day_or_until_the_payroll_was_posted():
    days = {"2026-04": 15, "2026-03": 15}
    before, on = date(2026, 4, 14), date(2026, 4, 15)

    assert arrears_rules.months_awaiting(days, (), before) == {
        "2026-04": date(2026, 5, 15), "2026-03": date(2026, 4, 15),
    }  # fmt: skip
    assert list(arrears_rules.months_awaiting(days, (), on)) == ["2026-04"]
    assert list(arrears_rules.months_awaiting(days, {"2026-04"}, before)) == ["2026-03"]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2027, 1, 15)])
def test_no_month_outside_of_those_in_question_could_await_a_payroll(today):
    earlier = rules.months_before(arrears_rules.months_in_question(today)[-1], 1)
    assert arrears_rules.arrears_begin(earlier, 31) <= today


def test_a_month_is_waiting_only_while_nothing_came_in():
    due = rules.FEN * 1740
    assert rules.state_of(due, rules.NOTHING, awaiting=True) == "waiting"
    assert rules.state_of(due, rules.FEN, awaiting=True) == "part"
    assert rules.state_of(due, due, awaiting=True) == "paid"
