"""Telling members who have no appointment: when the list was made, and in rounds, each once whatever is repeated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.rules.refusal import number_is_as_seen
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.contracts.welfare.examinations.events import ExaminationDue
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examination, Examinee
from services.welfare.examinations.use_cases.store import examination_of
from services.welfare.examinations.workflow import NOT_BOOKED

KIND = "remind_examinees"
AT_ONCE = 500


def remind_unbooked(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin to tell everybody in the caller's sight who has no appointment and was not told in this round.

    Raises:
        NoRuleInForce: no rule says how far apart rounds are.
        Refused: booking is over, or the number has changed since it was read.
    """
    examination = examination_of(tx, request["examination_id"], lock=True)
    refuse_first(rules.booking_is_open(examination.state, examination.book_until, tx.today))
    apart = rule_in_force(tx, "examinations.reminder_days", tx.today).count
    round_ = rules.round_of_reminder(examination.reminder_round, examination.reminded_on, tx.today, apart)
    unbooked = in_seen_units(
        sa.select(sa.func.count()).where(*not_booked(examination.id)),
        Examinee.unit_id,
        tx.principal,
        request["unit_id"],
    )
    refuse_first(number_is_as_seen(tx.session.scalar(unbooked) or 0, request["expected"]))
    to_tell = tx.session.scalar(unbooked.where(Examinee.reminded < round_)) or 0
    if not to_tell:
        return {"round": round_, "members": 0, "job_id": None}
    if round_ != examination.reminder_round:
        note_change(tx, f"examination/{examination.id}", {"reminder_round": (examination.reminder_round, round_)})
        examination.reminder_round, examination.reminded_on = round_, tx.today
    units = None if request["unit_id"] is None else [request["unit_id"]]
    if units is None and not sees_all_units(tx.principal):
        units = sorted(tx.principal.units("chair"))
    return {"round": round_, "members": to_tell, "job_id": _start(tx, examination, units, to_tell).id}


def tell_new(tx: Transaction, examination: Examination) -> None:
    """Tell who was put on the list and was never told; the first time this is the first round."""
    if not examination.reminder_round:
        examination.reminder_round, examination.reminded_on = 1, tx.today
    new = sa.select(sa.func.count()).where(*not_booked(examination.id), Examinee.reminded == 0)
    _start(tx, examination, None, tx.session.scalar(new) or 0, only_new=True)


def remind_part(tx: Transaction, job: Job) -> bool:
    """Tell the next members; True when nobody is left."""
    examination = examination_of(tx, UUID(job.params["examination_id"]))
    if examination.state == "closed":
        return True
    told_before = 1 if job.params["only_new"] else job.params["round"]
    statement = sa.select(Examinee).where(*not_booked(examination.id), Examinee.reminded < told_before)
    if job.params["unit_ids"] is not None:
        statement = statement.where(Examinee.unit_id.in_([UUID(one) for one in job.params["unit_ids"]]))
    locked = statement.order_by(Examinee.id).limit(AT_ONCE).with_for_update().execution_options(populate_existing=True)
    rows = tx.session.scalars(locked).all()
    for row in rows:
        row.reminded = job.params["round"]
    tx.record(
        *(
            ExaminationDue(
                examinee_id=row.id,
                examination_id=examination.id,
                member_id=row.member_id,
                unit_id=row.unit_id,
                title=examination.title,
                book_until=examination.book_until,
                round=row.reminded,
            )
            for row in rows
        )
    )
    job.done += len(rows)
    return len(rows) < AT_ONCE


def not_booked(examination_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions for members of a campaign without appointment who were not examined."""
    return Examinee.examination_id == examination_id, Examinee.state.in_(NOT_BOOKED)


def _start(
    tx: Transaction, examination: Examination, units: list[UUID] | None, total: int, *, only_new: bool = False
) -> Job:
    params = {
        "examination_id": str(examination.id),
        "round": examination.reminder_round,
        "unit_ids": None if units is None else [str(one) for one in units],
        "only_new": only_new,
    }
    return start_job(tx, KIND, params, total=total)
