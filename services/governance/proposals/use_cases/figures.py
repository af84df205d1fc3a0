"""Figures of filed proposals, grouped by year, department, kind, satisfaction, outcome or state."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import sees_all_units
from services.governance.proposals.tables import Department, Proposal

_GRADES = ("satisfied", "basic", "dissatisfied")
_CLOSED = ("closed", "archived")
_MOST_GROUPS = 200


def proposal_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how many proposals were filed, closed and how they satisfy; to a chair those of the own unit."""
    group = request["group"]
    word = sa.extract("year", Proposal.filed_on) if group == "year" else getattr(
        Proposal, "department_id" if group == "department" else group
    )  # fmt: skip
    counted = sa.select(word.label("word"), *_counts()).where(*_narrowed(tx, request)).group_by(word)
    rows = tx.session.execute(counted.order_by(sa.desc("count"), word).limit(_MOST_GROUPS)).all()
    names = _departments(tx) if group == "department" else {}
    items = [_row(row, _word(row.word), names.get(row.word)) for row in rows]
    total = tx.session.execute(sa.select(*_counts()).where(*_narrowed(tx, request))).one()
    return {"items": items, "total": _row(total, None, None)}


def _counts() -> list[Any]:
    closed = sa.func.count(sa.case((Proposal.state.in_(_CLOSED), 1))).label("closed")
    grades = [sa.func.count(sa.case((Proposal.satisfaction == one, 1))).label(one) for one in _GRADES]
    return [sa.func.count().label("count"), closed, *grades]


def _narrowed(tx: Transaction, request: dict[str, Any]) -> list[Any]:
    found = [Proposal.filed_on.is_not(None)]
    if request["year"] is not None:
        found.append(Proposal.filed_on.between(date(request["year"], 1, 1), date(request["year"], 12, 31)))
    if request["campaign_id"] is not None:
        found.append(Proposal.campaign_id == request["campaign_id"])
    if not sees_all_units(tx.principal):
        found.append(Proposal.unit_id.in_(tx.principal.units("chair")))
    return found


def _departments(tx: Transaction) -> dict[Any, str]:
    return {row.id: row.name for row in tx.session.execute(sa.select(Department.id, Department.name))}


def _word(word: Any) -> str | None:
    return None if word is None else str(int(word) if not isinstance(word, str) and hasattr(word, "real") else word)


def _row(row: Any, word: str | None, name: str | None) -> dict[str, Any]:
    names = ("count", "closed", *_GRADES)
    return {
        "word": word,
        "name": name,
        **{one: getattr(row, one) if one != "count" else row._mapping["count"] for one in names},
    }
