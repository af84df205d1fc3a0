"""Lists, figures and single visits, each narrowed to what the caller may see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.access import in_sight, require_sight
from services.welfare.visits.use_cases.answers import visit_answer, visit_row
from services.welfare.visits.use_cases.store import load_visit
from services.welfare.visits.workflow import OPEN_STATES

_EQUAL = ("state", "level", "member_id", "assignee_id")


def list_visits(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List visits in sight by due time."""
    statement = in_sight(sa.select(Visit), tx.principal, request["unit_id"])
    for name in _EQUAL:
        if request[name] is not None:
            statement = statement.where(getattr(Visit, name) == request[name])
    return _page(tx, statement.where(*_conditions(tx, request)), request, request["sort"])


def my_visits(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the visits assigned to the caller, or those the caller made."""
    if tx.principal.member_id is None:
        raise NotAllowed("Only a member makes visits.", rule="visits.caller_is_a_member")
    statement = sa.select(Visit).where(Visit.assignee_id == tx.principal.member_id)
    if request["open"] is not None:
        statement = statement.where(_open(request["open"]))
    if request["ids"] is not None:
        statement = statement.where(Visit.id.in_(request["ids"]))
    return _page(tx, statement, request, "due_at" if request["open"] else "-due_at")


def get_visit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show one visit whole."""
    visit = load_visit(tx, request["visit_id"])
    require_sight(tx.principal, visit)
    return visit_answer(tx, visit, plain=True)


def visit_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Count visits in sight by how they stand, in one statement."""
    year_begins = date(tx.today.year, 1, 1)
    this_year = Visit.visited_on >= year_begins
    to_be_made = _open(True)
    counted = {
        "open": to_be_made,
        "due_today": sa.and_(to_be_made, Visit.due_at > tx.now, Visit.due_at < start_of(tx.today + timedelta(days=1))),
        "overdue": sa.and_(to_be_made, Visit.due_at <= tx.now),
        "escalated": sa.and_(to_be_made, Visit.escalated_at.is_not(None)),
        "claims_pending": Visit.claim_state == "pending",
        "claims_refused": Visit.claim_state.in_(("refused", "reversed")),
        "closed_this_year": sa.and_(Visit.state == "closed", Visit.closed_at >= start_of(year_begins)),
        "made_this_year": this_year,
        "in_time_this_year": sa.and_(this_year, Visit.visited_on <= _due_day(tx)),
    }
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    # Each part has its index; without them every visit of earlier years would be read for every page.
    counts = sa.or_(
        to_be_made,
        Visit.claim_state.in_(("pending", "refused", "reversed")),
        Visit.closed_at >= start_of(year_begins),
        this_year,
    )
    statement = in_sight(sa.select(*figures).select_from(Visit).where(counts), tx.principal, request["unit_id"])
    return dict(tx.session.execute(statement).one()._mapping)


def _conditions(tx: Transaction, request: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    overdue = sa.and_(_open(True), Visit.due_at <= tx.now)
    escalated = sa.and_(_open(True), Visit.escalated_at.is_not(None))
    refused = Visit.claim_state.in_(("refused", "reversed"))
    asked = {"open": _open(True), "overdue": overdue, "escalated": escalated, "claim_refused": refused}
    found = [
        condition if request[name] else sa.not_(condition)
        for name, condition in asked.items()
        if request[name] is not None
    ]
    if request["ids"] is not None:
        found.append(Visit.id.in_(request["ids"]))
    if request["due_from"] is not None:
        found.append(Visit.due_at >= start_of(request["due_from"]))
    if request["due_to"] is not None:
        found.append(Visit.due_at < start_of(request["due_to"] + timedelta(days=1)))
    return found


def _page(tx: Transaction, statement: sa.Select, request: dict[str, Any], sort: str) -> dict[str, Any]:
    direction: Any = "desc" if sort.startswith("-") else "asc"
    page = page_of(tx, statement, request, [(Visit.due_at, direction), (Visit.id, direction)])
    return page.reply([visit_row(tx, visit) for visit in page.rows])


def _open(wanted: bool) -> sa.ColumnElement[bool]:
    return Visit.state.in_(OPEN_STATES) if wanted else Visit.state.not_in(OPEN_STATES)


def _due_day(tx: Transaction) -> sa.ColumnElement[Any]:
    """The Chinese day a visit is due, as the database reckons it; China keeps +08:00 all year."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return sa.cast(sa.func.timezone("Asia/Shanghai", Visit.due_at), sa.Date)
    return sa.func.date(Visit.due_at, "+8 hours")
