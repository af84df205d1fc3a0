"""The retirement rule: the worked examples of the law, and what holds for every month of birth."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.governance.rulebook.use_cases.shipping import RULESETS
from services.membership.retirement import rules
from services.membership.retirement.rules import Curve
from services.membership.retirement.use_cases.curves import curve_of

FLEXIBLE = 36
M60 = Curve(60, date(1965, 1, 1), 4, 36, FLEXIBLE)
F55 = Curve(55, date(1970, 1, 1), 4, 36, FLEXIBLE)
F50 = Curve(50, date(1975, 1, 1), 2, 60, FLEXIBLE)
CURVES = {"M60": M60, "F55": F55, "F50": F50}

births = st.dates(date(1950, 1, 1), date(2010, 12, 31))
curves = st.sampled_from(list(CURVES.values()))


@pytest.mark.parametrize(
    ("original_age", "birth", "month"),
    [
        ("M60", (1964, 12), (2024, 12)),
        ("M60", (1965, 1), (2025, 2)),
        ("M60", (1965, 5), (2025, 7)),
        ("M60", (1976, 9), (2039, 9)),
        ("F55", (1971, 4), (2026, 8)),
        ("F50", (1975, 11), (2026, 5)),
        ("F50", (1984, 11), (2039, 11)),
    ],
)
def test_the_worked_examples_of_the_law(original_age: str, birth: tuple[int, int], month: tuple[int, int]) -> None:
    assert rules.statutory_month(date(*birth, 15), CURVES[original_age]) == date(*month, 1)


def test_the_shipped_rules_hold_these_figures() -> None:
    shipped = {rule["key"]: rule for rule in json.loads((RULESETS / "national.json").read_text("utf-8"))["rules"]}
    for original_age, curve in CURVES.items():
        rule = shipped[f"retirement.{original_age.lower()}"]
        assert curve_of(rule["value"], shipped["retirement.flexible"]["value"]) == curve
        assert rule["valid_from"] == "2025-01-01"


@given(births, births, curves)
def test_who_is_born_later_retires_later(one: date, other: date, curve: Curve) -> None:
    earlier, later = sorted((rules.first_day(one), rules.first_day(other)))
    months = rules.statutory_month(earlier, curve), rules.statutory_month(later, curve)
    assert months[0] < months[1] if earlier != later else months[0] == months[1]


@given(births, curves)
def test_the_delay_stays_within_its_bounds(birth: date, curve: Curve) -> None:
    delay = rules.delay_months(birth, curve)
    assert 0 <= delay <= curve.most
    assert (delay == 0) == (rules.first_day(birth) < curve.start)
    late = rules.plus_months(curve.start, curve.step * curve.most)
    assert rules.first_day(birth) < late or delay == curve.most


@given(births, curves)
def test_the_delay_grows_by_one_month_at_each_step(birth: date, curve: Curve) -> None:
    here = rules.delay_months(birth, curve)
    next_month = rules.delay_months(rules.plus_months(rules.first_day(birth), 1), curve)
    assert next_month - here in (0, 1)
    place = rules.months_between(curve.start, rules.first_day(birth)) + 1
    grows = place >= 0 and place % curve.step == 0 and here < curve.most
    assert (next_month - here == 1) == grows


@given(births, curves)
def test_the_roster_finds_the_month_of_birth_again(birth: date, curve: Curve) -> None:
    assert rules.births_retiring_in(rules.statutory_month(birth, curve), curve) == rules.first_day(birth)


@given(births, curves, st.integers(-80, 80))
def test_hrs_month_stays_within_three_years_and_above_the_original_age(birth: date, curve: Curve, months: int) -> None:
    statutory = rules.statutory_month(birth, curve)
    asked = rules.plus_months(statutory, months)
    allowed = -FLEXIBLE <= months <= FLEXIBLE and asked >= rules.base_month(birth, curve)
    assert (rules.approved_month_is_within_reach(asked, birth, curve) is None) == allowed


def test_the_refusal_names_the_limit_that_was_passed() -> None:
    birth = date(1968, 3, 9)
    early = rules.approved_month_is_within_reach(date(2028, 2, 1), birth, M60)
    assert early is not None
    assert early.rule == "retirement.not_before_original_age"
    far = rules.approved_month_is_within_reach(date(2041, 8, 1), date(1989, 9, 1), F50)
    assert far is not None
    assert far.rule == "retirement.early_by_three"
    assert rules.approved_month_is_within_reach(date(2041, 9, 1), date(1989, 9, 1), F50) is None
    late = rules.approved_month_is_within_reach(date(2035, 1, 1), birth, M60)
    assert late is not None
    assert late.rule == "retirement.late_by_three"


def test_the_day_it_happened_counts_before_hrs_month_and_that_before_the_laws() -> None:
    day, approved, law = date(2026, 3, 20), date(2026, 5, 1), date(2026, 8, 1)
    assert rules.month_of_retirement(day, approved, law) == date(2026, 3, 1)
    assert rules.month_of_retirement(None, approved, law) == approved
    assert rules.month_of_retirement(None, None, law) == law
    assert rules.month_of_retirement(None, None, None) is None


def test_the_class_is_never_guessed() -> None:
    assert rules.class_is_known(None) is not None
    assert rules.class_is_known("M60") is None


def test_a_retirement_is_confirmed_when_its_day_has_come() -> None:
    joined, today = date(2000, 1, 1), date(2026, 3, 20)
    assert rules.day_has_come(today, joined, today) is None
    assert rules.day_has_come(date(2026, 3, 21), joined, today) is not None
    assert rules.day_has_come(date(1999, 1, 1), joined, today) is not None
    assert rules.day_to_confirm(date(2026, 3, 1), today) == today
    assert rules.day_to_confirm(date(2026, 2, 1), today) == date(2026, 2, 28)
    assert rules.day_to_confirm(date(2026, 4, 1), today) == date(2026, 4, 30)
