"""Shipped data of the funds: benefits, the two code sets of spending and their mapping, demonstration lines."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from services.governance.funds.rules import Benefit

_DATA = Path(__file__).parents[1] / "data"


def benefits() -> dict[str, Benefit]:
    """Return every benefit by its key."""
    return {row["key"]: Benefit(**{**row, "needs": tuple(row["needs"])}) for row in _read("benefits.json")["benefits"]}


def needed_rules() -> tuple[str, ...]:
    """Return the keys of all dated rules that benefits need."""
    return tuple(benefit.rule_key(need) for benefit in benefits().values() for need in benefit.needs)


def demonstration_lines() -> list[dict[str, Any]]:
    """Return the lines of the demonstration's budget."""
    return [{**row, "amount": Decimal(row["amount"])} for row in _read("budget-lines.json")["lines"]]


def benefit_lines() -> list[dict[str, Any]]:
    """Return the lines from which benefits are paid, without amounts, which the union decides."""
    needed = {benefit.line_code for benefit in benefits().values()}
    return [{**row, "amount": Decimal("0.00")} for row in demonstration_lines() if row["code"] in needed]


def management_categories() -> dict[str, dict[str, Any]]:
    """Return the categories of the rules on union funds (收支管理办法) by code, with their accounting code."""
    return {row["code"]: row for row in _read("accounts.json")["management"]}


def accounting_categories() -> dict[str, dict[str, Any]]:
    """Return the categories of the accounting system of 2021 (工会会计制度) by code."""
    return {row["code"]: row for row in _read("accounts.json")["accounting"]}


def expense_account(accounting_code: str) -> str:
    """Return the account an expense of this category is debited to."""
    return f"expense.{accounting_code}"


def income_account(kind: str) -> str:
    """Return the account an income of this kind is credited to."""
    return f"income.{kind}"


def account_names(account: str) -> tuple[str, str]:
    """Return the Chinese and the English name of an account."""
    row = _accounts()[account]
    return row["name"], row["name_en"]


@cache
def _accounts() -> dict[str, dict[str, Any]]:
    content = _read("accounts.json")
    found = {row["code"]: row for row in content["balance"]}
    found |= {expense_account(row["code"]): row for row in content["accounting"]}
    found |= {income_account(row["code"]): row for row in content["income"]}
    return found


@cache
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_DATA / name).read_text(encoding="utf-8"))
    return content
