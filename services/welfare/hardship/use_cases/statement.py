"""Aid as lines of a statement: what was asked for and is under way, paid or refused, as it stood on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of, start_of
from services.chassis.database.history import values_on
from services.chassis.database.transaction import Transaction
from services.welfare.hardship.tables import AidApplication
from services.welfare.hardship.use_cases.store import subject_of
from services.welfare.hardship.workflow import UNDECIDED
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source

_STATES = {
    **dict.fromkeys((*UNDECIDED, "granted"), "pending"), "paid": "given", "closed": "given", "refused": "refused",
}  # fmt: skip
"""What an application's state is on a statement; a draft and one that was withdrawn are not on it."""
REASON = "hardship.committee_agrees"


@statement_source("aid")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each application handed in from a year on; which kind of aid it is, is not told."""
    wanted = (
        sa.select(AidApplication)
        .where(
            AidApplication.member_id == member_id,
            AidApplication.submitted_at >= start_of(date(year_from, 1, 1)),
        )
        .order_by(AidApplication.id.desc())
        .limit(MOST_LINES)
    )
    applications = tx.session.scalars(wanted).all()
    states = values_on(tx, {subject_of(one): one.state for one in applications}, "state", as_of)
    days = values_on(tx, {subject_of(one): _text(one.paid_on) for one in applications}, "paid_on", as_of)
    lines = ((one, states[subject_of(one)], days[subject_of(one)]) for one in applications)
    return [_line(one, step, paid_on) for one, step, paid_on in lines if step in _STATES]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _line(one: AidApplication, step: str, paid_on: str | None) -> StatementLine:
    decided = step not in UNDECIDED
    on = one.decided_on if decided else None
    if step in ("paid", "closed") and paid_on is not None:
        on = date.fromisoformat(paid_on)
    return StatementLine(
        "aid",
        one.id,
        _STATES[step],
        None,
        one.granted if decided and one.granted else one.asked,
        on or (day_of(one.submitted_at) if one.submitted_at else None),
        decision_id=one.decision_id if decided else None,
        reason=REASON if step == "refused" else None,
        params={"step": step},
    )
