"""How much a month's dues are, which payment fits, who decides about refunds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.dues import paying_rules, rules

FIGURES = rules.Figures(Decimal("0.5"), Decimal(10))
BASES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(1_000_000), places=2)
AMOUNTS = st.decimals(min_value=0, max_value=Decimal(1000), places=2)


@pytest.mark.parametrize(
    ("base", "dues"),
    [("3487", "17.40"), ("3480", "17.40"), ("3489.99", "17.40"), ("3490", "17.45"), ("9.99", "0.00"), ("10", "0.05")],
)
def test_dues_are_half_a_percent_of_the_base_without_its_part_below_ten_yuan(base: str, dues: str):
    assert rules.dues_of(Decimal(base), FIGURES) == Decimal(dues)


@given(BASES)
def test_dues_are_never_negative_and_multiples_of_five_fen(base: Decimal):
    dues = rules.dues_of(base, FIGURES)

    assert dues >= 0
    assert dues % Decimal("0.05") == 0
    assert dues == dues.quantize(Decimal("0.01"))


@given(BASES, BASES)
def test_who_earns_more_never_pays_less(one: Decimal, other: Decimal):
    low, high = sorted((one, other))

    assert rules.dues_of(low, FIGURES) <= rules.dues_of(high, FIGURES)


@given(BASES)
def test_dues_never_exceed_half_a_percent_and_miss_it_by_less_than_five_fen(base: Decimal):
    exact = base * Decimal("0.005")

    assert exact - Decimal("0.05") < rules.dues_of(base, FIGURES) <= exact


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_row_can_be_posted_exactly_when_it_fits_what_is_owed(amount: Decimal, due: Decimal, paid: Decimal):
    verdict = rules.verdict_of(amount, due, paid)

    if amount > 0:
        assert (verdict in rules.GOOD) == (paying_rules.payment_fits(amount, due - paid) is None)


CREDITS = st.lists(
    st.tuples(st.integers(1, 12).map("2025-{:02d}".format), st.decimals(-50, 50, places=2)),
    unique_by=lambda one: one[0],
)


@given(CREDITS, st.decimals(-20, 100, places=2))
def test_credits_pay_what_is_owed_oldest_first_and_never_more_than_they_are(
    credits: list[tuple[str, Decimal]], owed: Decimal
):
    moves, known = rules.carried(credits, owed), dict(credits)
    there = sum((amount for amount in known.values() if amount > 0), rules.NOTHING)

    assert sum((amount for _, amount in moves), rules.NOTHING) == max(min(there, owed), rules.NOTHING)
    assert all(rules.NOTHING < amount <= known[month] for month, amount in moves)
    assert all(amount == known[month] for month, amount in moves[:-1])
    assert [month for month, _ in moves] == sorted(month for month, _ in moves)
    later = [month for month, amount in credits if amount > 0 and moves and month > moves[-1][0]]
    assert (
        sum((known[month] for month in later), rules.NOTHING)
        == there - sum((known[month] for month, _ in moves), rules.NOTHING)
        or owed <= 0
    )


def test_a_row_of_a_file_is_named_by_what_is_owed():
    due, nothing = Decimal("17.40"), Decimal("0.00")

    assert rules.verdict_of(due, due, nothing) == "exact"
    assert rules.verdict_of(Decimal(10), due, nothing) == "short"
    assert rules.verdict_of(Decimal(18), due, nothing) == "over"
    assert rules.verdict_of(due, due, due) == "paid"
    assert rules.verdict_of(due, None, nothing) == "not_charged"


def test_a_base_in_a_file_replaces_an_earlier_one_only():
    april, base = date(2026, 4, 1), Decimal(5000)

    def verdict(latest: tuple[date, Decimal] | None, *, charged: bool = False) -> str:
        return rules.verdict_of_base(april, latest, base, charged=charged)

    assert verdict(None) == "exact"
    assert verdict((date(2026, 1, 1), Decimal(4000))) == "exact"
    assert verdict((date(2026, 1, 1), base)) == "unchanged"
    assert verdict((april, base)) == "unchanged"
    assert verdict((april, Decimal(4000))) == "exact"
    assert verdict((april, Decimal(4000)), charged=True) == "late"
    assert verdict((date(2026, 5, 1), Decimal(4000))) == "late"


@pytest.mark.parametrize(
    ("text", "amount"), [("17.40", "17.40"), (" ¥1,017.4 ", "1017.40"), ("17.405", None), ("-1", None), ("十七", None),
                         ("", None), ("0", None), ("NaN", None), ("1e400", None), ("1,083.70", "1083.70"),
                         ("１，０８３．７０", "1083.70"), ("17.4元", "17.40"), ("￥3487", "3487.00"),
                         ("3487,50", None), ("3487，50", None), ("1.083,70", None), ("12,34", None), ("1,0837", None),
                         (",5", None), ("1_000", None), ("1e3", None), ("١٧", None), ("1 083", None)],
)  # fmt: skip
def test_a_cell_holds_an_amount_or_none(text: str, amount: str | None):
    assert rules.read_amount(text) == (Decimal(amount) if amount else None)


def test_months_begin_end_and_go_back_over_the_year():
    assert rules.first_day("2026-03") == date(2026, 3, 1)
    assert rules.last_day("2024-02") == date(2024, 2, 29)
    assert rules.months_before("2026-02", 3) == "2025-11"


def test_dues_are_not_charged_ahead():
    assert rules.month_has_begun("2026-03", date(2026, 3, 1)) is None
    refusal = rules.month_has_begun("2026-03", date(2026, 2, 28))
    assert refusal is not None
    assert refusal.rule == "dues.month_has_begun"


def test_a_second_officer_decides_and_nobody_about_his_own_money():
    member, other = uuid4(), uuid4()

    assert rules.second_officer_decides("a", "b", other, member) is None
    assert rules.second_officer_decides("a", "a", other, member) is not None
    assert rules.second_officer_decides("a", "b", member, member) is not None


def test_months_unpaid_in_a_row_end_at_the_latest_paid_one():
    assert rules.unpaid_in_a_row([]) == 0
    assert rules.unpaid_in_a_row([("2026-03", True), ("2026-02", True), ("2026-01", False), ("2025-12", True)]) == 2
    assert rules.unpaid_in_a_row([("2026-03", False), ("2026-02", True)]) == 0


@pytest.mark.parametrize(
    ("due", "paid", "state"),
    [("17.40", "0", "open"), ("17.40", "10", "part"), ("17.40", "17.40", "paid"), ("0", "0", "void"),
     ("0", "17.40", "over")],
)  # fmt: skip
def test_a_month_stands_by_what_is_due_and_paid(due: str, paid: str, state: str):
    assert rules.state_of(Decimal(due), Decimal(paid)) == state
