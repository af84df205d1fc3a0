"""What came in and was spent in some months or a year, minus reversals: sums, no single entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.governance.funds import rules
from services.governance.funds.tables import BudgetLine, FundEntry, FundPeriod, FundSide
from services.governance.funds.use_cases import catalogue, ledger

_INCOMES = ("income", "dues")


@dataclass(frozen=True)
class PeriodFigures:
    """The sums of some months, and the end of the ledger when they were read.

    `by_income`, `by_month`: code, names and amount; `by_line`: also source, budget and what was spent since the year
    began.
    """

    income: Decimal
    expense: Decimal
    entries: int
    by_income: list[dict[str, Any]]
    by_month: list[dict[str, Any]]
    by_line: list[dict[str, Any]]
    last_sequence: int
    last_hash: str


def figures_of(tx: Transaction, year: int, first: int, last: int) -> PeriodFigures:
    """Return the sums of the months `first` to `last` of a year (1 to 12)."""
    months = months_of(year, first, last)
    end = ledger.end(tx)
    those = FundEntry.period.in_(months)
    by_income, by_month = income(tx, those), spent(tx, FundEntry.period, those)
    return PeriodFigures(
        income=sum(by_income.values(), rules.NOTHING),
        expense=sum(by_month.values(), rules.NOTHING),
        entries=sum(_entries(tx, months).values()),
        by_income=[named_sum(code, *catalogue.account_names(code), sum_) for code, sum_ in sorted(by_income.items())],
        by_month=[named_sum(month, month, month, by_month.get(month, rules.NOTHING)) for month in months],
        by_line=_lines(tx, year, months),
        last_sequence=end.place,
        last_hash=end.digest,
    )


def open_months(tx: Transaction, year: int, first: int, last: int) -> list[str]:
    """Return which of the months `first` to `last` of a year have entries and are not closed."""
    months = months_of(year, first, last)
    closed = set(tx.session.scalars(sa.select(FundPeriod.period).where(FundPeriod.period.in_(months))))
    return sorted(_entries(tx, months).keys() - closed)


def months_of(year: int, first: int, last: int) -> list[str]:
    """Return the accounting months `first` to `last` of a year, such as 2026-03."""
    return [f"{year:04d}-{month:02d}" for month in range(first, last + 1)]


def income(tx: Transaction, which: sa.ColumnElement[bool]) -> dict[str, Decimal]:
    """Return the income of some entries by account, reversals taken off."""
    statement = (
        sa.select(FundSide.account, sa.func.sum(FundSide.credit), sa.func.sum(FundSide.debit))
        .join(FundEntry, FundEntry.id == FundSide.entry_id)
        .where(which, FundSide.account.startswith("income."))
        .group_by(FundSide.account)
    )
    return {account: credit - debit for account, credit, debit in tx.session.execute(statement)}


def spent(tx: Transaction, by: Any, which: sa.ColumnElement[bool]) -> dict[Any, Decimal]:
    """Return the expense of some entries by one of their columns, reversals taken off where they were posted."""
    totals: dict[Any, Decimal] = {}
    statement = (
        sa.select(by, FundEntry.kind, sa.func.sum(FundEntry.amount))
        .where(which, FundEntry.source_type.not_in(_INCOMES))
        .group_by(by, FundEntry.kind)
    )
    for key, kind, amount in tx.session.execute(statement):
        totals[key] = totals.get(key, rules.NOTHING) + (-amount if kind == "reversal" else amount)
    return totals


def named_sum(code: str, name: str, name_en: str, amount: Decimal) -> dict[str, Any]:
    """Return a sum with what it is of."""
    return {"code": code, "name": name, "name_en": name_en, "amount": amount}


def _entries(tx: Transaction, months: Sequence[str]) -> dict[str, int]:
    counted = sa.select(FundEntry.period, sa.func.count()).where(FundEntry.period.in_(months))
    return {period: count for period, count in tx.session.execute(counted.group_by(FundEntry.period))}  # noqa: C416


def _lines(tx: Transaction, year: int, months: Sequence[str]) -> list[dict[str, Any]]:
    """Return the lines of the year that have a budget or were spent from."""
    in_months = spent(tx, FundEntry.line_code, FundEntry.period.in_(months))
    since = spent(tx, FundEntry.line_code, FundEntry.period.in_(months_of(year, 1, int(months[-1][5:]))))
    lines = tx.session.scalars(sa.select(BudgetLine).where(BudgetLine.year == year).order_by(BudgetLine.code))
    return [
        {
            "code": line.code,
            "name": line.name,
            "name_en": line.name_en,
            "funding_source": line.funding_source,
            "budget": line.amount,
            "spent": in_months.get(line.code, rules.NOTHING),
            "spent_year": since.get(line.code, rules.NOTHING),
        }
        for line in lines
        if line.amount or since.get(line.code)
    ]
