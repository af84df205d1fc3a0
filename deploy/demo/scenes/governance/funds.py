"""Budgets of this year and the next, and what came in and was spent in the months of this year that are over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.governance.funds import budget
from services.contracts.governance.funds import operations as funds

EXPENSES = (
    ("activities.education", 9_600, "职工书屋购书和读书活动"),
    ("activities.sports", 31_000, "健身场地和器材"),
    ("activities.outing", 21_000, "职工春秋游"),
    ("activities.publicity", 4_200, "宣传栏和海报"),
    ("operations.meetings", 6_800, "工会委员会议"),
    ("operations.training", 5_900, "工会干部培训"),
)
"""Budget line, what is spent of it in an ordinary month, and for what."""
LARGE = ((4, "entrusted.examination", 420_000, "教职工体检"), (7, "entrusted.recuperation", 260_000, "暑期疗休养"))
"""Month, budget line, amount and purpose of what is spent once a year."""
ALLOCATION = 150_000
"""What the university pays of its wages for a quarter (拨缴经费), after the share of the superior unions."""


def play(union: DemoUnion) -> str:
    years = (today().year, today().year + 1)
    for year in years:
        union.ask(f"budget-{year}", budget.open_budget, {"year": year})
    random = Random(union.seed)  # noqa: S311 - synthetic data, no secret
    entries = 0
    for month in range(1, today().month):
        if month % 3 == 1:
            _receive_allocation(union, date(today().year, month, 5))
        for number, (line, usual, purpose) in enumerate(EXPENSES):
            if (month + number) % 2:
                amount = round(usual * random.uniform(0.6, 1.4), -2)
                _spend(union, date(today().year, month, 6 + 3 * number), line, amount, purpose)
                entries += 1
    for month, line, amount, purpose in LARGE:
        if month < today().month:
            _spend(union, date(today().year, month, 24), line, amount, purpose)
            entries += 1
    return f"budgets of {years[0]} and {years[1]}, {entries} expenses"


def _receive_allocation(union: DemoUnion, day: date) -> None:
    quarter = (day.month + 2) // 3
    income = {
        "kind": "allocation",
        "amount": Decimal(ALLOCATION),
        "description": f"{day.year} 年第 {quarter} 季度拨缴经费",
        "posted_on": day,
    }
    union.ask(f"allocation-{quarter}", funds.record_income, income, union.as_officer())


def _spend(union: DemoUnion, day: date, line: str, amount: float, purpose: str) -> None:
    expense = {
        "line_code": line,
        "amount": Decimal(amount),
        "description": purpose,
        "posted_on": day,
        "form": "goods",
        # What the university entrusts to the union is paid from its own welfare budget.
        "funding_source": "administration" if line.startswith("entrusted.") else "union",
        "decision": f"{day.year} 年 {day.month} 月工会委员会会议",
        "evidence_kinds": ["receipt"],
    }
    union.ask(f"expense-{line}-{day.month}", funds.record_expense, expense, union.as_officer())
