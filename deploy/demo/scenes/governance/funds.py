"""Budgets of this year and the next."""

from __future__ import annotations

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.governance.funds import budget


def play(union: DemoUnion) -> str:
    years = (today().year, today().year + 1)
    for year in years:
        union.ask(f"budget-{year}", budget.open_budget, {"year": year})
    return f"budgets of {years[0]} and {years[1]}"
