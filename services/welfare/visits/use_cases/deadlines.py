"""What the clock does to visits: some hours before their time it reminds, past it they are overdue, past their grace
they go up to the union.
"""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.visits.events import VisitDueSoon, VisitEscalated, VisitOverdue
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.store import note_step
from services.welfare.visits.workflow import OPEN_STATES

BATCH = 200


def watch_deadlines(tx: Transaction) -> None:
    """Announce, once each, open visits soon due, those overdue, and those still not made after their grace."""
    for visit in _past(tx, Visit.remind_at <= tx.now, Visit.reminded_at.is_(None), Visit.due_at > tx.now):
        visit.reminded_at = tx.now
        note_step(tx, visit, "reminded")
        due = {"visit_id": visit.id, "unit_id": visit.unit_id, "level": visit.level, "due_at": visit.due_at}
        tx.record(VisitDueSoon(**due, assignee_member_id=visit.assignee_id))
    for visit in _past(tx, Visit.due_at <= tx.now, Visit.overdue_at.is_(None)):
        visit.overdue_at = tx.now
        note_step(tx, visit, "overdue")
        tx.record(VisitOverdue(visit_id=visit.id, unit_id=visit.unit_id, level=visit.level, due_at=visit.due_at))
    tx.session.flush()
    for visit in _past(tx, Visit.escalate_at <= tx.now, Visit.escalated_at.is_(None)):
        visit.escalated_at = tx.now
        note_step(tx, visit, "escalated")
        tx.record(VisitEscalated(visit_id=visit.id, unit_id=visit.unit_id, level="union", due_at=visit.due_at))


def _past(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[Visit]:
    statement = (
        sa.select(Visit)
        .where(Visit.state.in_(OPEN_STATES), *conditions)
        .order_by(Visit.due_at, Visit.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return list(tx.session.scalars(statement))
