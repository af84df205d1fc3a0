"""Finding entries of the ledger by filters, and summing up what they find."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.transaction import Transaction
from services.governance.funds import entry_rules, rules
from services.governance.funds.tables import FundEntry, FundSide

_COLUMNS = {
    "year": FundEntry.year,
    "period": FundEntry.period,
    "line": FundEntry.line_code,
    "source": FundEntry.source_type,
    "source_id": FundEntry.source_id,
    "unit_id": FundEntry.unit_id,
    "kind": FundEntry.kind,
}
_NARROWING = ("q", "line", "source", "source_id", "unit_id", "kind")
"""Filters that leave out entries of the same days."""


def conditions(request: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of `LedgerFilters`."""
    found = [column == request[name] for name, column in _COLUMNS.items() if request[name] is not None]
    if request["since"] is not None:
        found.append(FundEntry.posted_on >= request["since"])
    if request["until"] is not None:
        found.append(FundEntry.posted_on <= request["until"])
    if request["q"]:
        described = FundEntry.description.icontains(request["q"], autoescape=True)
        found.append(sa.or_(described, FundEntry.number.startswith(request["q"], autoescape=True)))
    return found


def get_fund_totals(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many entries the filters find, their income and expense, and the balance before and after them."""
    wanted = conditions(request)
    income, expense = (_moved(tx, FundSide.account.startswith(f"{sort}."), wanted) for sort in ("income", "expense"))
    whole = all(request[name] is None for name in _NARROWING)
    first, last = _days(request) if whole else (None, None)
    return {
        "entries": tx.session.scalar(sa.select(sa.func.count(FundEntry.id)).where(*wanted)) or 0,
        "income": -income,
        "expense": expense,
        "opening": _balance(tx, first - timedelta(days=1)) if first else rules.NOTHING if whole else None,
        "closing": _balance(tx, last) if whole else None,
    }


def _days(request: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day that the filters allow; None for no limit."""
    firsts, lasts = [request["since"]], [request["until"]]
    if request["year"] is not None:
        firsts.append(date(request["year"], 1, 1))
        lasts.append(date(request["year"], 12, 31))
    if request["period"] is not None:
        year, month = map(int, request["period"].split("-"))
        firsts.append(date(year, month, 1))
        lasts.append(date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    return (
        max((day for day in firsts if day is not None), default=None),
        min((day for day in lasts if day is not None), default=None),
    )


def _balance(tx: Transaction, until: date | None) -> Decimal:
    """Return the union's money in the bank after a day; after all entries for None."""
    return _moved(tx, FundSide.account == entry_rules.BANK, [FundEntry.posted_on <= until] if until is not None else [])


def _moved(tx: Transaction, accounts: sa.ColumnElement[bool], wanted: list[sa.ColumnElement[bool]]) -> Decimal:
    """Return debits minus credits of some accounts in the entries found."""
    statement = (
        sa.select(sa.func.sum(FundSide.debit - FundSide.credit, type_=Yuan()))
        .join(FundEntry, FundEntry.id == FundSide.entry_id)
        .where(accounts, *wanted)
    )
    return tx.session.scalar(statement) or rules.NOTHING
