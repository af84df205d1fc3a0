"""Cases of a year in counts, without those by which people could be known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.mediation.vocabulary import DISPUTE_MATTERS, DISPUTE_STATES
from services.governance.mediation import rules
from services.governance.mediation.tables import DisputeCase


def dispute_figures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Count the cases received in a year by matter and by state. Raises `NoRuleInForce` without the smallest count."""
    year = request["year"] or tx.today.year
    smallest = rule_in_force(tx, "mediation.smallest_count", tx.today).count
    matters = _counts(tx, DisputeCase.matter, year, DISPUTE_MATTERS, smallest)
    states = _counts(tx, DisputeCase.state, year, DISPUTE_STATES, smallest)
    of_year = sa.select(sa.func.count()).where(DisputeCase.received_on.between(date(year, 1, 1), date(year, 12, 31)))
    total = rules.shown_counts({"total": tx.session.scalar(of_year) or 0}, smallest)["total"]
    return {
        "year": year,
        "smallest": smallest,
        "total": total,
        "matters": [{"matter": word, "count": count} for word, count in matters.items()],
        "states": [{"state": word, "count": count} for word, count in states.items()],
    }


def _counts(tx: Transaction, column: Any, year: int, words: tuple[str, ...], smallest: int) -> dict[str, int | None]:
    of_year = DisputeCase.received_on.between(date(year, 1, 1), date(year, 12, 31))
    counted = tx.session.execute(sa.select(column, sa.func.count()).where(of_year).group_by(column))
    found: dict[str, int] = {word: count for word, count in counted}  # noqa: C416  mypy reads no dict of rows
    return rules.shown_counts({word: found.get(word, 0) for word in words}, smallest)
