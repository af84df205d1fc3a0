"""Examinations as lines of a statement: what one came to, can still book, let pass, and why one was not on a list."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.welfare.decisions.use_cases.dated import refusals_on
from services.welfare.examinations.tables import Examination, ExaminationMark, Examinee
from services.welfare.examinations.use_cases.listing import DECISION
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source


@statement_source("examination")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each campaign the member was on the list of until the day, or was refused by."""
    listed = (
        sa.select(Examinee, Examination)
        .join(Examination, Examination.id == Examinee.examination_id)
        .where(Examinee.member_id == member_id, Examinee.state != "withdrawn", Examination.year >= year_from)
        .order_by(Examinee.id.desc())
        .limit(MOST_LINES)
    )
    rows = [(row[0], row[1]) for row in tx.session.execute(listed)]
    listed_by_then = [(one, of) for one, of in rows if day_of(one.listed_at) <= as_of]
    marks = _marks_on(tx, [one.id for one, _ in listed_by_then], as_of)
    lines = [_line(one, of, marks.get(one.id), as_of) for one, of in listed_by_then]
    known = {of.id for _, of in listed_by_then}
    return lines + _refused(tx, member_id, year_from, as_of, known)


def _marks_on(tx: Transaction, examinee_ids: list[UUID], as_of: date) -> dict[UUID, ExaminationMark]:
    """Return the mark that held at the end of a day, by who was marked; corrections of later days change nothing."""
    marked = sa.select(ExaminationMark).where(ExaminationMark.examinee_id.in_(examinee_ids))
    by_then = marked.where(ExaminationMark.marked_at < start_of(as_of + timedelta(days=1)))
    return {one.examinee_id: one for one in tx.session.scalars(by_then.order_by(ExaminationMark.id))}


def _line(one: Examinee, examination: Examination, mark: ExaminationMark | None, as_of: date) -> StatementLine:
    """What was known on the day: an appointment is no benefit yet, so that moving it changes no past statement."""
    state, on, until = "expiring", day_of(one.listed_at), examination.book_until
    if mark is not None and mark.state == "attended":
        return StatementLine(
            "examination", one.id, "given", examination.title, None, day_of(mark.marked_at), None, one.decision_id
        )
    if as_of > until and not _is_awaited(one, mark, as_of):
        state = "lapsed"
    return StatementLine("examination", one.id, state, examination.title, None, on, until, one.decision_id)


def _is_awaited(one: Examinee, mark: ExaminationMark | None, as_of: date) -> bool:
    """Whether there was an appointment after the last day to book, whose outcome was not known on the day."""
    if one.booked_at is None or mark is None:
        return one.booked_at is not None
    return mark.marked_at < one.booked_at < start_of(as_of + timedelta(days=1))


def _refused(tx: Transaction, member_id: UUID, year_from: int, as_of: date, known: set[UUID]) -> list[StatementLine]:
    refusals = {one.subject_id: one for one in refusals_on(tx, DECISION, member_id, as_of, MOST_LINES)}
    campaigns = sa.select(Examination).where(Examination.year >= year_from, Examination.state != "cancelled")
    lines = []
    for examination in tx.session.scalars(campaigns.order_by(Examination.id.desc()).limit(MOST_LINES)):
        latest = next((refusals[run] for run in reversed(examination.run_ids) if run in refusals), None)
        if latest is None or examination.id in known:
            continue
        lines.append(
            StatementLine(
                "examination", examination.id, "refused", examination.title, None, day_of(latest.decided_at), None,
                latest.id, latest.reason, latest.params,
            )
        )  # fmt: skip
    return lines
