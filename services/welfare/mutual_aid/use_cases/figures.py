"""Coverage of a period by unit, and claims by the year of their event."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.welfare.members.use_cases.member_copies import people
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Claim, Cover
from services.welfare.mutual_aid.use_cases.reading import period_of, period_reply
from services.welfare.mutual_aid.workflow import COVERED

YEARS = 10


def coverage_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how many members of each unit in sight are covered; claims by year for who sees the whole union."""
    period = period_of(tx, request["period_id"])
    years = _years(tx) if sees_all_units(tx.principal) else []
    return {"period": period_reply(tx, period), "units": _units(tx, period.id), "years": years, "few": rules.FEW}


def _units(tx: Transaction, period_id: Any) -> list[dict[str, Any]]:
    person = people()
    of_period = sa.and_(Cover.member_id == person.c.member_id, Cover.period_id == period_id, Cover.state.in_(COVERED))
    counts = sa.func.count().label("members"), sa.func.count(Cover.id).label("covered")
    statement = sa.select(person.c.unit_id, *counts).select_from(person).outerjoin(Cover, of_period)
    statement = in_seen_units(statement, person.c.unit_id, tx.principal, None).group_by(person.c.unit_id)
    return [
        {
            "unit_id": row.unit_id,
            "member_count": int(row.members),
            "covered_count": int(row.covered),
            "percent": rules.percent(row.covered, row.members),
        }
        for row in tx.session.execute(statement.order_by(person.c.unit_id))
    ]


def _years(tx: Transaction) -> list[dict[str, Any]]:
    year = sa.extract("year", Claim.event_on)
    paid = sa.func.count(Claim.paid)
    statement = (
        sa.select(year.label("year"), sa.func.count().label("claims"), paid.label("paid"), sa.func.sum(Claim.paid))
        .where(Claim.state != "withdrawn")
        .group_by(year)
        .order_by(year.desc())
        .limit(YEARS)
    )
    told = []
    for when, claims, paid_claims, paid_sum in tx.session.execute(statement):
        figures: dict[str, Any] = {"year": int(when)}
        if claims >= rules.FEW:
            figures["claims"] = claims
        if paid_claims >= rules.FEW:
            figures |= {"paid_claims": paid_claims, "paid_sum": paid_sum}
        told.append(figures)
    return told
