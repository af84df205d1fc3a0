"""How an issue of vouchers stands: its state follows from its job, so that both never differ."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.jobs.jobs import OPEN, Job, get_job
from services.welfare.birthdays import rules
from services.welfare.birthdays.tables import BirthdayRun

_GOES_ON = sa.and_(Job.state.in_(OPEN), ~Job.cancelling)


def going_on() -> sa.Select[UUID]:
    """Return the statement for the ids of issues that go on; a release before gave them no job."""
    going = sa.or_(BirthdayRun.job_id.is_(None), _GOES_ON)
    return _with_jobs().with_only_columns(BirthdayRun.id).where(BirthdayRun.state == "running", going)


def get_run(tx: Transaction, run_id: UUID, *, lock: bool = False) -> BirthdayRun:
    """Return a run.

    Args:
        tx: the transaction.
        run_id: which one.
        lock: wait for the batch under way, and keep the next one waiting until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    run = tx.get(BirthdayRun, run_id, "There is no such issue of vouchers.", field="run_id")
    if lock:
        # The job first, as a step takes them.
        if run.job_id is not None:
            get_job(tx, run.job_id, lock=True)
        tx.session.refresh(run, with_for_update=True)
    return run


def get_birthday_run(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how far a run is."""
    return run_answer(tx, get_run(tx, request["run_id"]))


def list_birthday_runs(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of runs, newest first."""
    statement = _with_jobs()
    for name in ("year", "month"):
        if request[name] is not None:
            statement = statement.where(getattr(BirthdayRun, name) == request[name])
    page = page_of(tx, statement, request, [(BirthdayRun.id, "desc")])
    return page.reply([_to_reply(run, job) for run, job in page.rows])


def run_answer(tx: Transaction, run: BirthdayRun) -> dict[str, Any]:
    """Return a run with how far it is and the rule it was checked against."""
    return _to_reply(run, tx.session.get(Job, run.job_id) if run.job_id is not None else None)


def _with_jobs() -> sa.Select[BirthdayRun, Job]:
    return sa.select(BirthdayRun, Job).outerjoin(Job, Job.id == BirthdayRun.job_id)


def _to_reply(run: BirthdayRun, job: Job | None) -> dict[str, Any]:
    stopped = run.state == "running" and job is not None and (job.cancelling or job.state not in OPEN)
    rule = dict(run.rule)
    for name in ("valid_from", "valid_to"):
        rule[name] = date.fromisoformat(rule[name]) if rule[name] else None
    return {
        "id": run.id,
        "year": run.year,
        "month": run.month,
        "state": "stopped" if stopped else run.state,
        "total": run.total,
        "done": run.done,
        "percent": rules.percent_done(run.done, run.total),
        "amount": run.amount,
        "form": run.form,
        "collect_by": run.collect_by,
        "rule": rule,
        "started_at": run.started_at,
        "finished_at": job.ended_at if stopped and job is not None else run.finished_at,
    }
