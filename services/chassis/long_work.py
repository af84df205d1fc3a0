"""Carrying out long work: which job is due, one chunk of it in one transaction, what happens when a chunk fails.

A job's row stays locked while a chunk is at work, so that replicas never do the same chunk; the chunk's changes, its
events and the job's new position are stored together. That a chunk begins is stored before it runs: one that ends its
process leaves the count behind, and after two the job is set aside instead of ending the next process.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import eventlet
import sqlalchemy as sa
from nameko.extensions import Entrypoint, register_entrypoint
from sqlalchemy.orm import Session

from services.chassis import clock, logs, metrics
from services.chassis.context import CallContext
from services.chassis.database import Database
from services.chassis.database_errors import is_away
from services.chassis.errors import Defect, Problem, Refused, Unavailable
from services.chassis.job_table import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job
from services.chassis.principal import principal_of
from services.chassis.recurring import Recurring
from services.chassis.store import Store
from services.chassis.transaction import Transaction, transaction
from services.chassis.worker import in_worker

LOOK_EVERY = 0.5
PAUSES = (2, 10, 60, 300)
"""Seconds before a chunk that broke is tried again; after the last the job has failed."""

MOST_BEGUN = 2
"""How often a chunk may begin without coming to an end, before the job is set aside."""
CLAIM = timedelta(seconds=10)
"""How long a chunk that begins is left to whoever began it, until its transaction holds the row."""
PREPARING = timedelta(seconds=60)
"""The same for a chunk that is prepared outside of its transaction."""

Chunk = Callable[..., bool]
Prepare = Callable[[Database, CallContext, Job], Any]

log = logs.get_logger(__name__)
_interrupted: dict[UUID, Database] = {}
"""Jobs whose chunk the database left in the middle: they began, and this process lives."""


def long_work(
    kind: str, prepare: Callable[..., Any] | None = None
) -> Callable[[Callable[..., bool]], Callable[..., Any]]:
    """Do one chunk of the jobs of a kind with `method(self, tx, job)`; True once there is nothing left to do.

    The method reads `job.params` and `job.position`, does at most some hundred rows in `tx`, sets `job.position` to
    where it stands and adds to `job.done` and `job.problems`. At the end it may set `job.result`, `job.file_id` and
    `job.problem_file_id`. A `Problem` it raises ends the job; anything else, a
    service that is away too, is tried again, from where the chunk began.

    Args:
        kind: the word jobs are started with.
        prepare: what a chunk needs that takes long and no transaction, such as asking other services or drawing: called
            before it as `prepare(self, database, context, job)`, its answer is the method's third argument. Should the
            job have moved on meanwhile, the answer is dropped.
    """

    def decorate(method: Callable[..., bool]) -> Callable[..., Any]:
        def chunk(self: Any, run: Callable[..., Any]) -> Any:
            if prepare is None:
                return run(lambda tx, job: method(self, tx, job))
            return run(
                lambda tx, job, prepared: method(self, tx, job, prepared),
                lambda database, context, job: prepare(self, database, context, job),
            )

        register_entrypoint(chunk, LongWorkEntrypoint(kind))
        chunk.__name__, chunk.__doc__ = method.__name__, method.__doc__
        return chunk

    return decorate


class JobRunner(Recurring):
    """Advances the service's open jobs in turn, a chunk each."""

    name = "jobs"
    seconds = LOOK_EVERY

    def setup(self) -> None:
        super().setup()
        if not hasattr(self, "kinds"):
            self.kinds: dict[str, Callable[[UUID], Any]] = {}

    def register(self, kind: str, advance: Callable[[UUID], Any]) -> None:
        """Advance jobs of `kind` with `advance`, which gets the job's id."""
        self.kinds[kind] = advance

    def work(self) -> None:
        give_back(self.store.database)
        while not self.stopping:
            found = next_due(self.store.database, list(self.kinds))
            if found is None:
                return
            job_id, kind = found
            self.kinds[kind](job_id)
            eventlet.sleep(0)


class LongWorkEntrypoint(Entrypoint):
    """Lends a worker of the container to the chunks of one kind of job."""

    store = Store()
    runner = JobRunner()

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.store.setup()
        self.runner.setup()
        self.runner.register(self.kind, self._advance)
        metrics.expect_job(self.kind)

    def _advance(self, job_id: UUID) -> None:
        in_worker(self, lambda *chunk: advance(self.store.database, job_id, *chunk))


def next_due(database: Database, kinds: list[str]) -> tuple[UUID, str] | None:
    """Return id and kind of the open job that has waited longest for its next chunk, None when none is due."""
    with database.session() as session:
        found = session.execute(
            sa.select(Job.id, Job.kind)
            .where(Job.state.in_((WAITING, RUNNING)), Job.next_at <= clock.now(), Job.kind.in_(kinds))
            .order_by(Job.next_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
    return (found.id, found.kind) if found is not None else None


def advance(database: Database, job_id: UUID, chunk: Chunk, prepare: Prepare | None = None) -> None:
    """Do one chunk of a job, unless another replica is at it; what fails is noted and nothing of it stored."""
    asked = _begin(database, job_id, CLAIM if prepare is None else PREPARING)
    if asked is None:
        return
    context = CallContext(principal=principal_of(asked.principal), correlation_id=asked.correlation_id)
    try:
        prepared = () if prepare is None or asked.cancelling else (prepare(database, context, asked),)
        with transaction(database, context) as tx:
            job = _held(tx.session, job_id)
            if job is not None:
                if prepare is None or job.cancelling or job.position == asked.position:
                    _one_chunk(tx, job, lambda tx, job: chunk(tx, job, *prepared))
                else:
                    job.begun, job.next_at = 0, clock.now()
    except Exception as error:
        if is_away(error):
            _interrupted[job_id] = database
            raise
        _note_failure(database, context, job_id, error)


def _begin(database: Database, job_id: UUID, claim: timedelta) -> Job | None:
    """Count a chunk before it runs; None when another replica is at it, or the job has just been set aside."""
    with database.session() as session:
        job = _held(session, job_id)
        if job is None or (job.begun and job.next_at > clock.now()):
            return None
        if job.begun >= MOST_BEGUN and not job.cancelling:
            _set_aside(job)
            return None
        job.begun += 1
        job.next_at = clock.now() + claim
        session.flush()
        session.expunge(job)
    return job


def _set_aside(job: Job) -> None:
    """Fail a job whose chunk ended its process again and again: out of memory, a crash in a library, a kill."""
    job.state, job.ended_at = FAILED, clock.now()
    detail = f"The process of this step ended without an answer {job.begun} times; the job is set aside."
    job.error = Refused(detail, rule="job.step_comes_to_an_end", params={"times": job.begun}).to_wire()
    metrics.job_ended(job.kind, FAILED)
    log.critical("job_set_aside", job=str(job.id), kind=job.kind, begun=job.begun, correlation_id=job.correlation_id)


def give_back(database: Database) -> None:
    """Take back the count of chunks that broke off here because the database was away: their process lives."""
    for job_id in [job_id for job_id, where in _interrupted.items() if where is database]:
        with database.session() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.begun:
                job.begun -= 1
                job.next_at = clock.now()
        _interrupted.pop(job_id, None)


def _held(session: Session, job_id: UUID) -> Job | None:
    open_job = sa.select(Job).where(Job.id == job_id, Job.state.in_((WAITING, RUNNING)))
    return session.scalars(open_job.with_for_update(skip_locked=True)).one_or_none()


def _one_chunk(tx: Transaction, job: Job, chunk: Chunk) -> None:
    job.begun = 0
    if job.cancelling:
        _end(tx, job, CANCELLED)
        return
    job.state, job.started_at = RUNNING, job.started_at or tx.now
    finished = chunk(tx, job)
    job.attempts, job.next_at = 0, clock.now()
    if finished:
        _end(tx, job, DONE)


def _end(tx: Transaction, job: Job, state: str) -> None:
    job.state, job.ended_at = state, clock.now()
    kind = job.kind
    tx.after_commit(lambda: metrics.job_ended(kind, state))


def _note_failure(database: Database, context: CallContext, job_id: UUID, error: Exception) -> None:
    """Keep why a chunk failed: for good when it is a problem, else until the attempts are used up."""
    with transaction(database, context) as tx:
        job = _held(tx.session, job_id)
        if job is None:
            return
        job.attempts, job.begun = job.attempts + 1, 0
        is_answer = isinstance(error, Problem) and not isinstance(error, Unavailable)
        given_up = is_answer or job.attempts > len(PAUSES)
        problem = error if isinstance(error, Problem) else Defect("Something broke inside; see the service's log.")
        job.error = problem.to_wire()
        if given_up:
            _end(tx, job, FAILED)
        else:
            job.next_at = clock.now() + timedelta(seconds=PAUSES[job.attempts - 1])
        log.warning(
            "job_chunk_failed", job=str(job_id), kind=job.kind, attempts=job.attempts, error=type(error).__name__,
            correlation_id=context.correlation_id,
        )  # fmt: skip
