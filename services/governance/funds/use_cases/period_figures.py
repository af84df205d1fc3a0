"""What came in and was spent in some months of a year, minus reversals: sums for a disclosure, no single entries."""

from __future__ import annotations

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
    began. `open_months`: those with entries that are not closed.
    """

    income: Decimal
    expense: Decimal
    entries: int
    by_income: list[dict[str, Any]]
    by_month: list[dict[str, Any]]
    by_line: list[dict[str, Any]]
    open_months: list[str]
    last_sequence: int
    last_hash: str


def figures_of(tx: Transaction, year: int, first: int, last: int) -> PeriodFigures:
    """Return the sums of the months `first` to `last` of a year (1 to 12)."""
    months = [f"{year:04d}-{month:02d}" for month in range(first, last + 1)]
    end = ledger.end(tx)
    counts = _entries(tx, months)
    closed = set(tx.session.scalars(sa.select(FundPeriod.period).where(FundPeriod.period.in_(months))))
    by_income = _income(tx, months)
    by_month = _spent(tx, FundEntry.period, months)
    return PeriodFigures(
        income=sum(by_income.values(), rules.NOTHING),
        expense=sum(by_month.values(), rules.NOTHING),
        entries=sum(counts.values()),
        by_income=[_sum(code, *catalogue.account_names(code), amount) for code, amount in sorted(by_income.items())],
        by_month=[_sum(month, month, month, by_month.get(month, rules.NOTHING)) for month in months],
        by_line=_lines(tx, year, months),
        open_months=[month for month in months if counts.get(month) and month not in closed],
        last_sequence=end.place,
        last_hash=end.digest,
    )


def _entries(tx: Transaction, months: list[str]) -> dict[str, int]:
    counted = sa.select(FundEntry.period, sa.func.count()).where(FundEntry.period.in_(months))
    return {period: count for period, count in tx.session.execute(counted.group_by(FundEntry.period))}  # noqa: C416


def _income(tx: Transaction, months: list[str]) -> dict[str, Decimal]:
    statement = (
        sa.select(FundSide.account, sa.func.sum(FundSide.credit), sa.func.sum(FundSide.debit))
        .join(FundEntry, FundEntry.id == FundSide.entry_id)
        .where(FundEntry.period.in_(months), FundSide.account.startswith("income."))
        .group_by(FundSide.account)
    )
    return {account: credit - debit for account, credit, debit in tx.session.execute(statement)}


def _spent(tx: Transaction, by: Any, months: list[str]) -> dict[Any, Decimal]:
    """Return what was spent in months, by a column of the entries."""
    totals: dict[Any, Decimal] = {}
    statement = (
        sa.select(by, FundEntry.kind, sa.func.sum(FundEntry.amount))
        .where(FundEntry.period.in_(months), FundEntry.source_type.not_in(_INCOMES))
        .group_by(by, FundEntry.kind)
    )
    for key, kind, amount in tx.session.execute(statement):
        totals[key] = totals.get(key, rules.NOTHING) + (-amount if kind == "reversal" else amount)
    return totals


def _lines(tx: Transaction, year: int, months: list[str]) -> list[dict[str, Any]]:
    """Return the lines of the year that have a budget or were spent from."""
    spent = _spent(tx, FundEntry.line_code, months)
    since = _spent(tx, FundEntry.line_code, [f"{year:04d}-{month:02d}" for month in range(1, int(months[-1][5:]) + 1)])
    lines = tx.session.scalars(sa.select(BudgetLine).where(BudgetLine.year == year).order_by(BudgetLine.code))
    return [
        {
            "code": line.code,
            "name": line.name,
            "name_en": line.name_en,
            "funding_source": line.funding_source,
            "budget": line.amount,
            "spent": spent.get(line.code, rules.NOTHING),
            "spent_year": since.get(line.code, rules.NOTHING),
        }
        for line in lines
        if line.amount or since.get(line.code)
    ]


def _sum(code: str, name: str, name_en: str, amount: Decimal) -> dict[str, Any]:
    return {"code": code, "name": name, "name_en": name_en, "amount": amount}
