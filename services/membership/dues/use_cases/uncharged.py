"""Months whose dues are not charged yet: by which figures they would be, and whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.membership.dues import rules
from services.membership.dues.use_cases import figures

MONTHS_BACK = 12
"""Past months that are looked at."""


def months(begins: Iterable[date], days: Iterable[date]) -> list[str]:
    """Return the months to look at: those of the days, and up to a year of past ones since a rule would begin."""
    today, *coming = days
    found = {rules.month_of(day) for day in (today, *coming)}
    first = min([*begins, today])
    year, month = today.year, today.month
    for _ in range(MONTHS_BACK):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if rules.last_day(f"{year:04d}-{month:02d}") >= first:
            found.add(f"{year:04d}-{month:02d}")
    return sorted(found)


def figures_of(tx: Transaction, month: str) -> tuple[Any, ...] | None:
    """Return percent, step and standings that pay in a month; None where a rule is missing."""
    try:
        found = figures.in_force(tx, rules.first_day(month))
    except NoRuleInForce:
        return None
    return found.figures, found.standings


def payers(tx: Transaction, month: str, known: tuple[Any, ...] | None, most: int) -> tuple[int, list[UUID]]:
    """Return how many members would be charged in a month, and some of them."""
    if known is None:
        return 0, []
    those = figures.Payers(month, known[1])
    count = tx.session.scalar(those.to_charge(sa.func.count()))
    member = those.people.id
    return int(count or 0), list(tx.session.scalars(those.to_charge(member).order_by(member).limit(most)))
