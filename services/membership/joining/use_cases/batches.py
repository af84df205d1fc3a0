"""Approving many as long work: the queue is written down when it is asked for, each chunk answers for its part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import Job, get_job, start_job
from services.chassis.rules.refusal import number_is_as_seen
from services.membership.joining.tables import Application, ApprovalOutcome
from services.membership.joining.use_cases.deciding import approved

KIND = "approve_applications"
CHUNK = 100
LARGEST = 5_000
_WAITS = "waiting"


def start_approval(tx: Transaction, request: Mapping[str, Any]) -> Job:
    """Ask for the approval of applications: those named, or all that wait for the union."""
    asked = request["application_ids"]
    ids = list(dict.fromkeys(asked)) if asked is not None else _waiting(tx, request)
    if not ids:
        raise Conflict("No application waits for approval.", rule="joining.applications_wait")
    refuse_first(number_is_as_seen(len(ids), request["expected"]))
    joined_on: date | None = request["joined_on"]
    job = start_job(tx, KIND, {"joined_on": joined_on.isoformat() if joined_on else None}, total=len(ids))
    rows = [{"id": uuid7(), "job_id": job.id, "application_id": one, "outcome": _WAITS} for one in ids]
    for start in range(0, len(rows), 1_000):
        tx.session.execute(sa.insert(ApprovalOutcome), rows[start : start + 1_000])
    return job


def approve_chunk(tx: Transaction, job: Job) -> bool:
    """Approve the next hundred; True once nobody waits."""
    waiting = tx.session.scalars(
        sa.select(ApprovalOutcome)
        .where(ApprovalOutcome.job_id == job.id, ApprovalOutcome.outcome == _WAITS)
        .order_by(ApprovalOutcome.id)
        .limit(CHUNK)
    ).all()
    if not waiting:
        return True
    day = job.params.get("joined_on")
    told = approved(tx, [row.application_id for row in waiting], date.fromisoformat(day) if day else None)
    for row in waiting:
        outcome = told[row.application_id]
        row.outcome, row.member_id, row.number = outcome["outcome"], outcome.get("member_id"), outcome.get("number")
        row.rule, row.detail = outcome.get("rule"), outcome.get("detail")
    refused = sum(row.outcome == "refused" for row in waiting)
    job.done += len(waiting)
    job.problems += refused
    job.position = {"last": str(waiting[-1].id)}
    before = job.result or {"approved": 0, "refused": 0}
    job.result = {
        "approved": before["approved"] + len(waiting) - refused, "refused": before["refused"] + refused
    }  # fmt: skip
    return len(waiting) < CHUNK


def approval_outcomes(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of what became of the applications of a batch, in the order they were taken."""
    job = get_job(tx, request["job_id"])
    columns = ("application_id", "outcome", "member_id", "number", "rule", "detail")
    statement = (
        sa.select(
            ApprovalOutcome.id,
            *(getattr(ApprovalOutcome, name) for name in columns),
            Application.name,
            Application.unit_id,
        )
        .outerjoin(Application, Application.id == ApprovalOutcome.application_id)
        .where(ApprovalOutcome.job_id == job.id)
    )
    if request["outcome"] is not None:
        statement = statement.where(ApprovalOutcome.outcome == request["outcome"])
    page = page_of(tx, statement, request, [(ApprovalOutcome.id, "asc")])
    items = [{key: value for key, value in row._asdict().items() if key != "id"} for row in page.rows]
    return page.reply(items)


def _waiting(tx: Transaction, request: Mapping[str, Any]) -> list[Any]:
    statement = sa.select(Application.id).where(
        Application.state == "unit_reviewed", Application.submitted_at.is_not(None)
    )
    if request["unit_id"] is not None:
        statement = statement.where(Application.unit_id == request["unit_id"])
    return list(tx.session.scalars(statement.order_by(Application.submitted_at, Application.id).limit(LARGEST)))
