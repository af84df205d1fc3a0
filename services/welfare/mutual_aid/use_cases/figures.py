"""Coverage of a period by unit, and claims by the year of their event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
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


def list_unit_covers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the units in sight, each with how many of its members are covered."""
    period = period_of(tx, request["period_id"])
    units = _counted(tx, period.id, request["unit_id"]).subquery()
    way = "desc" if request["sort"].startswith("-") else "asc"
    keys = [(units.c[request["sort"].removeprefix("-")], way), (units.c.unit_id, way)]
    page = page_of(tx, sa.select(*units.c), request, keys)
    return page.reply([dict(row._mapping) for row in page.rows])


def _units(tx: Transaction, period_id: UUID) -> list[dict[str, Any]]:
    units = _counted(tx, period_id, None).subquery()
    statement = sa.select(*units.c).order_by(units.c.unit_id)
    return [dict(row._mapping) for row in tx.session.execute(statement)]


def _counted(tx: Transaction, period_id: UUID, unit_id: UUID | None) -> sa.Select[Any]:
    """Return the select of each unit in sight with its members, those covered, and their share in whole percent."""
    person = people()
    of_period = sa.and_(Cover.member_id == person.c.member_id, Cover.period_id == period_id, Cover.state.in_(COVERED))
    members, covered = sa.func.count(), sa.func.count(Cover.id)
    statement = sa.select(
        person.c.unit_id,
        members.label("member_count"),
        covered.label("covered_count"),
        (covered * 100 // members).label("percent"),
    )
    statement = statement.select_from(person).outerjoin(Cover, of_period)
    return in_seen_units(statement, person.c.unit_id, tx.principal, unit_id).group_by(person.c.unit_id)


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
