"""Units over the years, and the years in counts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.governance.unit_congresses.vocabulary import IN_REVIEW, UNITS_TURN
from services.governance.unit_congresses.tables import FilingResolution, UnitFiling
from services.governance.unit_congresses.use_cases.reading import is_overdue


def compare_filings(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of units with their filings of the years, the latest first."""
    first, last = _span(tx, request)
    units = in_seen_units(_units(first, last), UnitFiling.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, units, request, [(UnitFiling.unit_id, "asc")])
    of_page = UnitFiling.unit_id.in_([one.unit_id for one in page.rows]), UnitFiling.year.between(first, last)
    found = list(tx.session.scalars(sa.select(UnitFiling).where(*of_page).order_by(UnitFiling.year.desc())))
    resolved = _resolved(tx, [one.id for one in found])
    years: dict[UUID, list[dict[str, Any]]] = {}
    for one in found:
        years.setdefault(one.unit_id, []).append(_year(tx, one, resolved.get(one.id, 0)))
    return page.reply([{"unit_id": one.unit_id, "until": last, "years": years[one.unit_id]} for one in page.rows])


def filing_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Count the units of each year by where they stand."""
    first, last = _span(tx, request)
    waits = UnitFiling.state.in_(UNITS_TURN)
    parts = {
        "accepted": UnitFiling.state == "accepted",
        "review": UnitFiling.state.in_(IN_REVIEW),
        "open": sa.and_(waits, UnitFiling.due_on >= tx.today),
        "overdue": sa.and_(waits, UnitFiling.due_on < tx.today),
        "waived": UnitFiling.state == "waived",
    }
    sums = [sa.func.sum(sa.case((when, 1), else_=0)).label(name) for name, when in parts.items()]
    counted = sa.select(UnitFiling.year, *sums).where(UnitFiling.year.between(first, last))
    counted = in_seen_units(counted, UnitFiling.unit_id, tx.principal, request["unit_id"])
    ordered = counted.group_by(UnitFiling.year).order_by(UnitFiling.year.desc())
    return {"years": [{"year": row.year, **{name: int(getattr(row, name)) for name in parts}}
                      for row in tx.session.execute(ordered)]}  # fmt: skip


def _span(tx: Transaction, request: dict[str, Any]) -> tuple[int, int]:
    last = request["year"] or tx.today.year
    return last - request["years"] + 1, last


def _units(first: int, last: int) -> sa.Select[Any]:
    """Return the select of one filing of each unit, the latest of the years, to page by."""
    latest = (
        sa.select(UnitFiling.unit_id, sa.func.max(UnitFiling.year).label("year"))
        .where(UnitFiling.year.between(first, last))
        .group_by(UnitFiling.unit_id)
        .subquery()
    )
    same = sa.and_(UnitFiling.unit_id == latest.c.unit_id, UnitFiling.year == latest.c.year)
    return sa.select(UnitFiling).join(latest, same)


def _resolved(tx: Transaction, ids: list[UUID]) -> dict[UUID, int]:
    counted = sa.select(FilingResolution.filing_id, sa.func.count()).where(
        FilingResolution.filing_id.in_(ids), FilingResolution.votes_for >= FilingResolution.needed
    )
    return {row[0]: row[1] for row in tx.session.execute(counted.group_by(FilingResolution.filing_id))}


def _year(tx: Transaction, one: UnitFiling, resolutions: int) -> dict[str, Any]:
    stands = one.state == "accepted"
    numbers = {name: getattr(one, name) if stands else None for name in ("held_on", "entitled", "present")}
    told = {name: getattr(one, name) for name in ("year", "state", "late")}
    return {**told, **numbers, "filing_id": one.id, "overdue": is_overdue(tx, one),
            "resolutions": resolutions if stands else 0}  # fmt: skip
