"""Whether an expense may stand: each rule by itself, and the order they are asked in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.governance.funds.events import REASON_CODES
from services.governance.funds import period_rules, rules
from services.governance.funds.rules import Benefit, Expense, Figures, Line
from services.governance.funds.use_cases import catalogue

BIRTH = Benefit("birth", "生育慰问", "Birth", "care.birth", "union", ("cap", "forms"))
LINE = Line("care.birth", "union", Decimal("10000.00"))
CAPPED = Figures(cap=Decimal("500.00"), forms=frozenset({"goods", "voucher"}))


def asked(amount: str = "500.00", form: str = "goods", source: str = "union", people: int = 1) -> Expense:
    return Expense(Decimal(amount), form, source, people)


def check(expense: Expense, line: Line | None = LINE, **given_: object) -> str | None:
    values = {"year": 2026, "period": "2026-03", "closed": False, "benefit": BIRTH, "figures": CAPPED}
    refusal = rules.check_expense(expense, line, **{**values, **given_})
    return refusal.params["reason_code"] if refusal else None


def test_an_expense_within_every_rule_stands():
    assert check(asked()) is None


def test_one_fen_above_the_cap_is_refused_with_cap_and_amount():
    refusal = rules.amount_is_within_cap(asked("500.01"), Decimal("500.00"), BIRTH)

    assert refusal is not None
    assert refusal.rule == "benefit.birth.cap"
    assert refusal.params == {
        "reason_code": "cap_exceeded",
        "cap": "500.00",
        "asked": "500.01",
        "amount": "500.01",
        "people": 1,
    }


def test_a_refused_share_never_reads_as_the_cap_itself():
    refusal = rules.amount_is_within_cap(asked("5000.01", people=10), Decimal("500.00"), BIRTH)

    assert refusal is not None
    assert (refusal.params["asked"], refusal.params["amount"], refusal.params["people"]) == ("500.01", "5000.01", 10)


def test_what_was_used_and_what_is_left_stand_in_the_refusal():
    year = rules.year_total_is_within_cap(asked("500.00"), Decimal("200.00"), Decimal("500.00"), BIRTH)
    spent = Line("care.birth", "union", Decimal("10.00"), Decimal("1000.00"), Decimal("90.00"), Decimal("900.00"))
    line = rules.line_has_money(spent, Decimal("500.00"))

    assert year is not None
    assert line is not None
    assert (year.params["cap"], year.params["spent"], year.params["left"]) == ("500.00", "200.00", "300.00")
    assert (line.params["budget"], line.params["committed"], line.params["spent"], line.params["available"]) == (
        "1000.00", "90.00", "900.00", "10.00")  # fmt: skip


def test_the_cap_holds_for_each_head():
    assert check(asked("5000.00", people=10)) is None
    assert check(asked("5000.01", people=10)) == "cap_exceeded"


def test_what_a_person_had_this_year_counts_against_the_years_cap():
    of_year = Figures(cap=Decimal("300.00"), cap_is_of_year=True)
    assert check(asked("100.01"), figures=of_year, spent_this_year=Decimal("200.00")) == "year_cap_exceeded"
    assert check(asked("100.00"), figures=of_year, spent_this_year=Decimal("200.00")) is None
    yearly = Figures(year_cap=Decimal("300.00"))

    assert check(asked("100.00"), figures=yearly, spent_this_year=Decimal("200.00")) is None
    assert check(asked("100.01"), figures=yearly, spent_this_year=Decimal("200.00")) == "year_cap_exceeded"


def test_a_form_the_rule_does_not_name_is_refused():
    assert check(asked(form="cash")) == "form_not_allowed"


def test_the_unions_funds_do_not_pay_medical_examinations_or_recuperation():
    for key in ("medical_examination", "recuperation"):
        benefit = catalogue.benefits()[key]
        line = Line(benefit.line_code, "administration", Decimal("1000.00"))

        assert check(asked(), line, benefit=benefit, figures=Figures()) == "funding_source_wrong"
        assert check(asked(source="administration"), line, benefit=benefit, figures=Figures()) is None


def test_the_administrations_money_does_not_pay_the_unions_care():
    assert check(asked(source="administration")) == "funding_source_wrong"


def test_a_line_of_the_union_is_not_spent_from_entrusted_money():
    assert check(asked(source="administration"), benefit=None, figures=Figures()) == "funding_source_wrong"


def test_a_line_is_never_overdrawn():
    assert check(asked(), Line("care.birth", "union", Decimal("499.99"))) == "budget_exhausted"
    assert check(asked(), Line("care.birth", "union", Decimal("500.00"))) is None


def test_without_a_budget_line_nothing_is_paid():
    assert check(asked(), None) == "no_budget_line"


def test_a_closed_month_refuses_before_any_other_rule():
    assert check(asked("9999.00", form="cash"), None, closed=True) == "period_closed"


def test_a_missing_rule_names_its_key_and_day():
    refusal = rules.rule_is_missing("benefit.hardship.cap", date(2026, 3, 9))

    assert refusal.rule == "benefit.hardship.cap"
    assert refusal.detail == "no rule in force for benefit.hardship.cap on 2026-03-09"
    assert refusal.params["reason_code"] == "no_rule_in_force"


@given(
    amount=st.decimals("0.01", "100000", places=2),
    cap=st.one_of(st.none(), st.decimals("0", "100000", places=2)),
    year_cap=st.one_of(st.none(), st.decimals("0", "100000", places=2)),
    spent=st.decimals("0", "100000", places=2),
    available=st.decimals("0", "100000", places=2),
    form=st.sampled_from(["goods", "voucher", "cash", None]),
    closed=st.booleans(),
)
def test_whatever_stands_breaks_no_rule(amount, cap, year_cap, spent, available, form, closed):
    figures = Figures(cap=cap, year_cap=year_cap, forms=frozenset({"goods"}))
    line = Line("care.birth", "union", available)
    reason = check(Expense(amount, form, "union"), line, figures=figures, spent_this_year=spent, closed=closed)

    stands = (
        not closed
        and form == "goods"
        and (cap is None or amount <= cap)
        and (year_cap is None or amount + spent <= year_cap)
        and amount <= available
    )
    assert (reason is None) == stands
    assert reason is None or reason in REASON_CODES


def test_an_entry_is_reversed_once_and_a_reversal_never():
    assert rules.entry_is_reversible("expense", False) is None
    assert rules.entry_is_reversible("expense", True) is not None
    assert rules.entry_is_reversible("reversal", False) is not None


def test_only_past_months_close_and_in_their_order():
    assert period_rules.period_is_over("2026-02", "2026-03") is None
    assert period_rules.period_is_over("2026-03", "2026-03") is not None
    assert period_rules.periods_close_in_order("2026-02", None) is None
    assert period_rules.periods_close_in_order("2026-02", "2026-01") is not None


def test_a_budget_is_not_cut_below_what_is_bound():
    assert rules.budget_covers(Decimal("30"), Decimal("10"), Decimal("20")) is None
    assert rules.budget_covers(Decimal("29.99"), Decimal("10"), Decimal("20")) is not None


def test_nothing_is_recorded_ahead_of_its_day():
    today = date(2026, 3, 9)
    for day in (date(2025, 1, 1), today):
        assert rules.posting_day_is_plausible(day, today) is None
    assert rules.posting_day_is_plausible(date(2026, 3, 10), today).rule == "fund.day_is_not_ahead"
    for day in (date(2024, 12, 31), date(2016, 3, 9)):
        assert rules.posting_day_is_plausible(day, today).rule == "fund.day_is_near"


@pytest.mark.parametrize("line", catalogue.demonstration_lines(), ids=lambda line: line["code"])
def test_every_demonstration_line_belongs_to_a_category_of_both_code_sets(line):
    accounting = catalogue.management_categories()[line["management_code"]]["accounting"]

    assert accounting in catalogue.accounting_categories()


def test_every_benefit_falls_on_a_demonstration_line_paid_by_the_same_money():
    lines = {line["code"]: line for line in catalogue.demonstration_lines()}

    for benefit in catalogue.benefits().values():
        assert lines[benefit.line_code]["funding_source"] == benefit.funding_source
