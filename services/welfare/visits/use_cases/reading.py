"""Lists and single visits, each narrowed to what the caller may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.access import require_sight
from services.welfare.visits.use_cases.answers import visit_answer, visit_row
from services.welfare.visits.use_cases.store import load_visit
from services.welfare.visits.workflow import OPEN_STATES

_EQUAL = ("state", "level", "member_id", "assignee_id")


def list_visits(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List visits in sight by due time."""
    page = _page(tx, _asked_for(sa.select(Visit), tx, request), request, request["sort"])
    if request["with_total"]:
        page["total"] = tx.session.scalar(_asked_for(sa.select(sa.func.count(Visit.id)), tx, request)) or 0
    return page


def my_visits(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the visits assigned to the caller, or those the caller made."""
    member_id = require_member(tx.principal, "Only a member makes visits.", rule="visits.caller_is_a_member")
    statement = sa.select(Visit).where(Visit.assignee_id == member_id)
    if request["open"] is not None:
        statement = statement.where(is_open(request["open"]))
    if request["ids"] is not None:
        statement = statement.where(Visit.id.in_(request["ids"]))
    return _page(tx, statement, request, "due_at" if request["open"] else "-due_at")


def get_visit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show one visit whole."""
    visit = load_visit(tx, request["visit_id"])
    require_sight(tx.principal, visit)
    return visit_answer(tx, visit, plain=True)


def _asked_for(statement: sa.Select, tx: Transaction, request: dict[str, Any]) -> sa.Select:
    """Narrow a select of visits to those in sight that were asked for."""
    equal = [getattr(Visit, name) == request[name] for name in _EQUAL if request[name] is not None]
    return in_seen_units(statement, Visit.unit_id, tx.principal, request["unit_id"]).where(
        *equal, *_conditions(tx, request)
    )


def _conditions(tx: Transaction, request: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    overdue = sa.and_(is_open(True), Visit.due_at <= tx.now)
    escalated = sa.and_(is_open(True), Visit.escalated_at.is_not(None))
    refused = Visit.claim_state.in_(("refused", "reversed"))
    asked = {"open": is_open(True), "overdue": overdue, "escalated": escalated, "claim_refused": refused}
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


def is_open(wanted: bool) -> sa.ColumnElement[bool]:
    """Return the condition that a visit is to be made, or that it is not."""
    return Visit.state.in_(OPEN_STATES) if wanted else Visit.state.not_in(OPEN_STATES)
