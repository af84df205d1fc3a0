"""Visits in figures, narrowed to what the caller may see."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import months_until, start_of
from services.chassis.database.pagination import require_no_cursor
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.reading import is_open

_MONTHS = 12


def visit_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Count visits in sight by how they stand, in one statement; by month and by unit where that is asked for."""
    year_begins = date(tx.today.year, 1, 1)
    this_year = Visit.visited_on >= year_begins
    to_be_made = is_open(True)
    counted = {
        "open": to_be_made,
        "due_today": sa.and_(to_be_made, Visit.due_at > tx.now, Visit.due_at < start_of(tx.today + timedelta(days=1))),
        "overdue": sa.and_(to_be_made, Visit.due_at <= tx.now),
        "escalated": sa.and_(to_be_made, Visit.escalated_at.is_not(None)),
        "claims_pending": Visit.claim_state == "pending",
        "claims_refused": Visit.claim_state.in_(("refused", "reversed")),
        "closed_this_year": sa.and_(Visit.state == "closed", Visit.closed_at >= start_of(year_begins)),
        "made_this_year": this_year,
        "in_time_this_year": sa.and_(this_year, _in_time(tx)),
    }
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    # Each part has its index; without them every visit of earlier years would be read for every page.
    counts = sa.or_(
        to_be_made,
        Visit.claim_state.in_(("pending", "refused", "reversed")),
        Visit.closed_at >= start_of(year_begins),
        this_year,
    )
    statement = in_seen_units(
        sa.select(*figures).select_from(Visit).where(counts), Visit.unit_id, tx.principal, request["unit_id"]
    )
    counts_now = dict(tx.session.execute(statement).one()._mapping)
    if not request["detailed"]:
        return counts_now
    return {**counts_now, "by_month": _by_month(tx, request["unit_id"]), "by_unit": _by_unit(tx, request["unit_id"])}


def list_visit_statistics(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the visits made in a year by unit and month, all at once: as many rows as units had months with visits."""
    require_no_cursor(request)
    year = request["year"] or tx.today.year
    counted = sa.select(Visit.unit_id, Visit.visited_on, sa.func.count(), sa.func.count().filter(_in_time(tx)))
    of_year = counted.where(Visit.visited_on.between(date(year, 1, 1), date(year, 12, 31)))
    statement = of_year.group_by(Visit.unit_id, Visit.visited_on)
    made: Counter[tuple[UUID, str]] = Counter()
    in_time: Counter[tuple[UUID, str]] = Counter()
    rows = tx.session.execute(in_seen_units(statement, Visit.unit_id, tx.principal, request["unit_id"]))
    for unit_id, day, count, timely in rows:
        made[unit_id, f"{day:%Y-%m}"] += count
        in_time[unit_id, f"{day:%Y-%m}"] += timely
    items = [
        {"unit_id": unit_id, "month": month, "made": count, "in_time": in_time[unit_id, month]}
        for (unit_id, month), count in sorted(made.items(), key=lambda one: (one[0][1], one[0][0]))
    ]
    return {"items": items, "next_cursor": None}


def _by_month(tx: Transaction, unit_id: UUID | None) -> list[dict[str, Any]]:
    """Return the visits made in this month and the eleven before it; the database counts by day."""
    months = months_until(tx.today, _MONTHS)
    counted = sa.select(Visit.visited_on, sa.func.count(), sa.func.count().filter(_in_time(tx)))
    since = counted.where(Visit.visited_on >= months[0], Visit.visited_on <= tx.today).group_by(Visit.visited_on)
    made: Counter[date] = Counter()
    in_time: Counter[date] = Counter()
    for day, count, timely in tx.session.execute(in_seen_units(since, Visit.unit_id, tx.principal, unit_id)):
        made[day.replace(day=1)] += count
        in_time[day.replace(day=1)] += timely
    return [{"month": f"{first:%Y-%m}", "made": made[first], "in_time": in_time[first]} for first in months]


def _by_unit(tx: Transaction, unit_id: UUID | None) -> list[dict[str, Any]]:
    """Return what each unit's members had this year, and what is overdue: as many rows as there are units."""
    this_year = Visit.visited_on >= date(tx.today.year, 1, 1)
    overdue = sa.and_(is_open(True), Visit.due_at <= tx.now)
    counted = {"made": this_year, "in_time": sa.and_(this_year, _in_time(tx)), "overdue": overdue}
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    statement = sa.select(Visit.unit_id, *figures).where(sa.or_(this_year, overdue)).group_by(Visit.unit_id)
    return [
        dict(row._mapping) for row in tx.session.execute(in_seen_units(statement, Visit.unit_id, tx.principal, unit_id))
    ]


def _in_time(tx: Transaction) -> sa.ColumnElement[bool]:
    return Visit.visited_on <= _due_day(tx)


def _due_day(tx: Transaction) -> sa.ColumnElement[Any]:
    """The Chinese day a visit is due, as the database reckons it; China keeps +08:00 all year."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return sa.cast(sa.func.timezone("Asia/Shanghai", Visit.due_at), sa.Date)
    return sa.func.date(Visit.due_at, "+8 hours")
