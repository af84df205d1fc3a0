"""Long work: asked for in one transaction, done chunk by chunk, each chunk in a transaction of its own.

Progress is stored with the chunk that made it, so that work goes on exactly where it was after a crash, on whatever
replica. Belongs here: starting, reading, cancelling and retrying jobs. `runner` carries it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused
from services.chassis.files.storage import StoredFile, file_of
from services.chassis.jobs.requester import NO_OFFICE, RULE
from services.chassis.jobs.tables import CANCELLED, DONE, FAILED, OPEN, RUNNING, STATES, WAITING, Job
from services.chassis.security.principal import claims_of, principal_of

__all__ = [
    "CANCELLED", "DONE", "FAILED", "OPEN", "RUNNING", "STATES", "WAITING", "Job", "cancel_job", "get_job", "job_file",
    "list_jobs", "retry_job", "start_job",
]  # fmt: skip

_SEES_ALL = ("officer", "ops")


def start_job(tx: Transaction, kind: str, params: Mapping[str, Any], *, total: int | None = None) -> Job:
    """Start a job; it begins after the commit, in the name of the caller.

    Args:
        tx: the transaction.
        kind: the word of `@long_work` that does it.
        params: JSON values: ids and choices, never personal data; bulky input goes into a stored file.
        total: how many things there are to do, where that is known.
    """
    job = Job(
        kind=kind,
        state=WAITING,
        params=dict(params),
        total=total,
        done=0,
        problems=0,
        attempts=0,
        begun=0,
        cancelling=False,
        asked_by=tx.principal.actor,
        principal=claims_of(tx.principal),
        correlation_id=tx.correlation_id,
        asked_at=tx.now,
        next_at=tx.now,
    )
    tx.session.add(job)
    tx.session.flush()
    return job


def list_jobs(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the work the asker may see, latest first.

    Args:
        tx: the transaction.
        request: `kind` and `state` to filter by, `cursor`, `limit`.
    """
    statement = sa.select(Job)
    if not _sees_all(tx):
        statement = statement.where(Job.asked_by == tx.principal.actor)
    for column in ("kind", "state"):
        if request.get(column) is not None:
            statement = statement.where(getattr(Job, column) == request[column])
    return page_of(tx, statement, request, [(Job.id, "desc")]).reply()


def get_job(tx: Transaction, job_id: UUID, *, lock: bool = False) -> Job:
    """Return one piece of work.

    Args:
        tx: the transaction.
        job_id: which one.
        lock: wait for the chunk under way and keep the next one waiting until the transaction ends.

    Raises:
        NotFound: there is none that the asker may see.
    """
    job = tx.session.get(Job, job_id, with_for_update=lock or None)
    if job is None or not (_sees_all(tx) or _is_his(tx, job)):
        raise NotFound("There is no such job.", rule="job_exists")
    return job


def cancel_job(tx: Transaction, job_id: UUID) -> Job:
    """Stop work after the chunk under way; what is done stays done.

    Raises:
        NotFound: there is no such job.
        Refused: it has ended already.
    """
    job = get_job(tx, job_id, lock=True)
    if job.state not in OPEN:
        raise _wrong_state(job, OPEN)
    job.cancelling = True
    job.next_at = tx.now
    return job


def retry_job(tx: Transaction, job_id: UUID) -> Job:
    """Let failed or cancelled work go on where it was.

    What stopped because its asker has lost the office goes on in the name of the officer who retries it.

    Raises:
        NotFound: there is no such job.
        Refused: it neither failed nor was cancelled.
    """
    job = get_job(tx, job_id, lock=True)
    if job.state not in (FAILED, CANCELLED):
        raise _wrong_state(job, (FAILED, CANCELLED))
    if job.error and job.error.get("rule") == RULE and tx.principal.has("officer"):
        job.principal = claims_of(tx.principal)
    job.state, job.cancelling, job.attempts, job.begun = WAITING, False, 0, 0
    job.error, job.ended_at, job.next_at = None, None, tx.now
    return job


def job_file(tx: Transaction, job_id: UUID, which: str) -> StoredFile:
    """Return a file the work has made: its `result`, or the list of its `problems`.

    Operators see the progress of jobs, not the people in them: files are for the requester and for officers.

    Raises:
        NotFound: there is none that the asker may have, or it is no longer kept.
    """
    job = get_job(tx, job_id)
    if not (tx.principal.has("officer") or _is_his(tx, job)):
        raise NotFound("There is no such file.", rule="file_exists")
    file_id = job.file_id if which == "result" else job.problem_file_id
    if file_id is None:
        raise NotFound("This job has made no such file.", rule="job_has_file")
    return file_of(tx, file_id)


def _is_his(tx: Transaction, job: Job) -> bool:
    """Whether the caller started the job and still has the roles with which it was started.

    A job runs with the rights of its requester; a requester who lost one of these roles has no access to it any more.
    """
    offices = {grant for grant in principal_of(job.principal).grants if grant.role not in NO_OFFICE}
    return job.asked_by == tx.principal.actor and offices <= set(tx.principal.grants)


def _sees_all(tx: Transaction) -> bool:
    return tx.principal.kind == "service" or tx.principal.has(*_SEES_ALL)


def _wrong_state(job: Job, legal: tuple[str, ...]) -> Refused:
    return Refused(
        f"The job is {job.state}; this can be done while it is {' or '.join(legal)}.",
        rule="job.state",
        params={"state": job.state, "legal": list(legal)},
    )
