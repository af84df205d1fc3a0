"""Finding an import and saying where it stands: its state is computed from its jobs, so the two cannot disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.jobs import jobs
from services.chassis.jobs.jobs import Job
from services.membership.imports import rules
from services.membership.imports.tables import RosterImport

STEPS = {
    "map": ("uploaded", "check_stopped", "checked"),
    "start": ("checked",),
    "discard": ("read_stopped", "uploaded", "check_stopped", "checked", "import_stopped", "imported"),
}
READ, CHECK, IMPORT = "read_roster", "check_roster", "import_roster"


def get_for_update(tx: Transaction, import_id: UUID) -> RosterImport:
    """Return an import, nobody else changing it until the transaction ends. Raises `NotFound`."""
    return _found(tx, import_id, lock=True)


def found(tx: Transaction, import_id: UUID) -> RosterImport:
    """Return an import. Raises `NotFound`."""
    return _found(tx, import_id, lock=False)


def _found(tx: Transaction, import_id: UUID, *, lock: bool) -> RosterImport:
    return tx.get(RosterImport, import_id, "There is no such import.", rule="import_exists", lock=lock)


def import_for_work(tx: Transaction, job: Job, kind: str) -> RosterImport:
    """Return the import a chunk works on. Raises `Refused` when other work has taken its place."""
    batch = get_for_update(tx, UUID(job.params["import_id"]))
    current = {READ: batch.read_job_id, CHECK: batch.check_job_id, IMPORT: batch.job_id}
    if current[kind] != job.id or batch.erased_at is not None:
        raise Refused("The import has moved on; this work is no longer asked for.", rule="imports.work_is_current")
    return batch


def state_of(tx: Transaction, batch: RosterImport) -> str:
    """Return where an import stands."""
    if batch.imported_at is not None:
        return "imported"
    if batch.erased_at is not None:
        return "discarded"
    for job_id, words in (
        (batch.job_id, ("importing", "import_stopped", "imported")),
        (batch.check_job_id, ("checking", "check_stopped", "checked")),
        (batch.read_job_id, ("reading", "read_stopped", "uploaded")),
    ):
        job = _job(tx, job_id)
        if job is not None:
            going, stopped, done = words
            return {jobs.DONE: done, jobs.FAILED: stopped, jobs.CANCELLED: stopped}.get(job.state, going)
    return "uploaded"


def require_step(tx: Transaction, batch: RosterImport, action: str) -> None:
    """Raise `Refused` unless the import stands where this may be done."""
    refuse_first(rules.state_allows(action, state_of(tx, batch), STEPS))


def to_reply(tx: Transaction, batch: RosterImport) -> dict[str, Any]:
    """Return an import with its state and the work under way or last."""
    columns = (
        "id", "version", "file_name", "headings", "mapping", "rows", "counts", "choices", "result", "uploaded_at",
        "uploaded_by", "kept_until", "imported_at",
    )  # fmt: skip
    job = _job(tx, batch.job_id or batch.check_job_id or batch.read_job_id)
    return {**{name: getattr(batch, name) for name in columns}, "state": state_of(tx, batch), "job": job}


def work_of(tx: Transaction, batches: Sequence[RosterImport]) -> list[Job]:
    """Return the jobs of imports; as long as they are held, the session knows them by id.

    The imports are read once more after their jobs: of a job that has ended, everything it did stands in its import.
    """
    of_all = [job_id for batch in batches for job_id in (batch.read_job_id, batch.check_job_id, batch.job_id)]
    ids = {job_id for job_id in of_all if job_id is not None}
    if not ids:
        return []
    work = list(tx.session.scalars(sa.select(Job).where(Job.id.in_(ids))))
    anew = sa.select(RosterImport).where(RosterImport.id.in_([batch.id for batch in batches]))
    tx.session.scalars(anew.execution_options(populate_existing=True)).all()
    return work


def _job(tx: Transaction, job_id: UUID | None) -> Job | None:
    return tx.session.get(Job, job_id) if job_id is not None else None
