"""Carrying out long work: which job is due, one chunk of it in one transaction, what happens when a chunk fails.

One replica at a time is at a job (`lease`). Each chunk is done with the roles its asker has by then (`requester`).
A job's row stays locked while a chunk is at work, so that replicas never do the same chunk; the chunk's changes, its
events and the job's new position are stored together. That a chunk begins is stored before it runs: one that ends its
process leaves the count behind, and after two the job is set aside instead of ending the next process.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar, overload
from uuid import UUID

import eventlet
import sqlalchemy as sa
from nameko.extensions import Entrypoint, register_entrypoint

from services.chassis import clock
from services.chassis.database.engine import Database, allow_long_statements
from services.chassis.database.errors import is_away
from services.chassis.database.extension import Store
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.entrypoints import forwarding
from services.chassis.errors import Defect, Problem, Refused, Unavailable
from services.chassis.jobs import lease
from services.chassis.jobs.requester import asker_now
from services.chassis.jobs.tables import CANCELLED, DONE, FAILED, RUNNING, Job
from services.chassis.process import logs, metrics
from services.chassis.process.recurring import Recurring
from services.chassis.process.worker import in_worker
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import principal_of

LOOK_EVERY = 0.5
PAUSES = (2, 10, 60, 300)
"""Seconds before a chunk that broke is tried again; after the last the job has failed."""

MOST_BEGUN = 2
"""How often a chunk may begin without coming to an end, before the job is set aside."""
AWAY_PAUSE = timedelta(seconds=15)
"""Before a chunk is tried again that needs a service which is away; it is tried for as long as that takes."""

Chunk = Callable[..., bool]
Prepare = Callable[[Database, CallContext, Job], Any]
Prepared = TypeVar("Prepared")
PreparedChunk = Callable[[Transaction, Job, Prepared], bool]
Preparation = Callable[[Database, CallContext, Job], Prepared]

log = logs.get_logger(__name__)
_interrupted: dict[UUID, tuple[Database, str]] = {}
"""Jobs whose chunk broke off because the database was away, while this process goes on."""


@overload
def long_work(kind: str, asked_by: Operation | None, function: Callable[[Transaction, Job], bool]) -> Any: ...
@overload
def long_work(
    kind: str, asked_by: Operation | None, function: PreparedChunk[Prepared], *, prepare: Preparation[Prepared]
) -> Any: ...
@overload
def long_work(
    kind: str, asked_by: Operation | None, *, prepare: Callable[..., Any] | None = ...
) -> Callable[[Callable[..., bool]], Callable[..., Any]]: ...
def long_work(kind: str, asked_by: Operation | None, function: Any = None, *, prepare: Any = None) -> Any:
    """Do one chunk of the jobs of a kind with `method(self, tx, job)`; True once there is nothing left to do.

    The method reads `job.params` and `job.position`, does at most some hundred rows in `tx`, sets `job.position` to
    where it stands and adds to `job.done` and `job.problems`. At the end it may set `job.result`, `job.file_id` and
    `job.problem_file_id`. A `Problem` it raises ends the job; a service that is away delays it; anything else is tried
    again, some times, from where the chunk began.

    The service's class has a method `roles_of_asker(self, context)`, which returns the present roles of the job's
    requester; it may call other services. If the requester may no longer start such a job, it ends.

    Args:
        kind: the word jobs are started with.
        asked_by: the operation that starts them; None where each step is authorised by itself, as another service's
            answer.
        function: called with `(tx, job)`; without it, `long_work` decorates a method.
        prepare: what a chunk needs that takes long and no transaction, such as asking other services or drawing: called
            before it as `prepare(database, context, job)`, or `prepare(self, database, context, job)` for a method. Its
            answer is one more argument. Should the job have moved on meanwhile, the answer is dropped.
    """
    if function is not None:
        with_self = None if prepare is None else forwarding(prepare)
        return long_work(kind, asked_by, prepare=with_self)(forwarding(function))

    def decorate(method: Callable[..., bool]) -> Callable[..., Any]:
        def chunk(self: Any, run: Callable[..., Any]) -> Any:
            prepared = None if prepare is None else partial(prepare, self)
            return run(partial(method, self), prepared, self.roles_of_asker)

        register_entrypoint(chunk, LongWorkEntrypoint(kind, asked_by))
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
            found = lease.next_due(self.store.database, list(self.kinds))
            if found is None:
                return
            job_id, kind = found
            self.kinds[kind](job_id)
            eventlet.sleep(0)


class LongWorkEntrypoint(Entrypoint):
    """Lends a worker of the container to the chunks of one kind of job."""

    store = Store()
    runner = JobRunner()

    def __init__(self, kind: str, asked_by: Operation | None, **kwargs: Any) -> None:
        self.kind = kind
        self.asked_by = asked_by
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.store.setup()
        self.runner.setup()
        self.runner.register(self.kind, self._advance)
        metrics.expect_job(self.kind)

    def _advance(self, job_id: UUID) -> None:
        def work(chunk: Chunk, *rest: Any) -> None:
            prepare, roles = rest
            ask = partial(asker_now, roles=roles, asked_by=self.asked_by)
            advance(self.store.database, job_id, chunk, prepare, ask)

        in_worker(self, work)


def advance(
    database: Database,
    job_id: UUID,
    chunk: Chunk,
    prepare: Prepare | None = None,
    asker: Callable[[CallContext], CallContext] | None = None,
) -> None:
    """Do one chunk of a job, unless another replica is at it; what fails is noted and nothing of it stored.

    Args:
        database: of the service.
        job_id: which job.
        chunk: does the chunk.
        prepare: prepares it before the transaction.
        asker: returns the context with the asker as of now, or raises a `Problem`; as the job was asked when absent.
    """
    asked = _begin(database, job_id)
    if asked is None:
        return
    claim = str(asked.held_by)
    context = CallContext(principal=principal_of(asked.principal), correlation_id=asked.correlation_id)
    try:
        prepared: tuple[Any, ...] = ()
        if not asked.cancelling:
            with lease.renewed(database, job_id, claim):
                context = context if asker is None else asker(context)
                prepared = () if prepare is None else (prepare(database, context, asked),)
        with transaction(database, context) as tx:
            allow_long_statements(tx.session)
            job = lease.get_for_update(tx.session, job_id, claim)
            if job is not None:
                if prepare is None or job.cancelling or job.position == asked.position:
                    _one_chunk(tx, job, lambda tx, job: chunk(tx, job, *prepared))
                else:
                    job.begun, job.next_at = 0, clock.now()
                lease.let_go(job)
    except Exception as error:
        if is_away(error) and _is_away_now(database):
            _interrupted[job_id] = (database, claim)
            raise
        _note_failure(database, context, job_id, claim, error)


def _is_away_now(database: Database) -> bool:
    """Whether the database does not answer, or not in time.

    Else only the chunk's connection was lost: PostgreSQL ends a transaction that stands still, and would end it again.
    That is an attempt, and attempts come to an end.
    """
    try:
        return not database.answers()
    except sa.exc.TimeoutError:
        return True


def _begin(database: Database, job_id: UUID) -> Job | None:
    """Claim a job and count its chunk before it runs; None when another replica is at it, or it was just set aside."""
    with database.session() as session:
        job = lease.get_for_update(session, job_id)
        if job is None:
            return None
        if job.begun >= MOST_BEGUN and not job.cancelling:
            _set_aside(job)
            return None
        job.begun += 1
        lease.claim(session, job)
        session.expunge(job)
    return job


def _set_aside(job: Job) -> None:
    """Fail a job whose chunk ended its process again and again: out of memory, a crash in a library, a kill."""
    job.state, job.ended_at = FAILED, clock.now()
    lease.let_go(job)
    detail = f"The process of this step ended without an answer {job.begun} times; the job is set aside."
    job.error = Refused(detail, rule="job.step_comes_to_an_end", params={"times": job.begun}).to_wire()
    metrics.job_ended(job.kind, FAILED)
    log.critical("job_set_aside", job=str(job.id), kind=job.kind, begun=job.begun, correlation_id=job.correlation_id)


def give_back(database: Database) -> None:
    """Take back the count of chunks that broke off here because the database was away: their process lives."""
    for job_id, claim in [(job_id, claim) for job_id, (where, claim) in _interrupted.items() if where is database]:
        with database.session() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.held_by == claim:
                job.begun -= 1
                job.next_at = clock.now()
                lease.let_go(job)
        _interrupted.pop(job_id, None)


def _one_chunk(tx: Transaction, job: Job, chunk: Chunk) -> None:
    job.begun = 0
    if job.cancelling:
        _end(tx, job, CANCELLED)
        return
    job.state, job.started_at = RUNNING, job.started_at or tx.now
    finished = chunk(tx, job)
    job.attempts, job.error, job.next_at = 0, None, clock.now()
    if finished:
        _end(tx, job, DONE)


def _end(tx: Transaction, job: Job, state: str) -> None:
    job.state, job.ended_at = state, clock.now()
    kind = job.kind
    tx.after_commit(lambda: metrics.job_ended(kind, state))


def _note_failure(database: Database, context: CallContext, job_id: UUID, claim: str, error: Exception) -> None:
    """Keep why a chunk failed: for good when it is a problem, else until the attempts are used up."""
    with transaction(database, context) as tx:
        job = lease.get_for_update(tx.session, job_id, claim)
        if job is None:
            return
        problem = error if isinstance(error, Problem) else Defect("Something broke inside; see the service's log.")
        job.error, job.begun = problem.to_wire(), 0
        lease.let_go(job)
        if isinstance(error, Unavailable):
            job.next_at = clock.now() + AWAY_PAUSE
        else:
            job.attempts += 1
            if isinstance(error, Problem) or job.attempts > len(PAUSES):
                _end(tx, job, FAILED)
            else:
                job.next_at = clock.now() + timedelta(seconds=PAUSES[job.attempts - 1])
        log.warning(
            "job_chunk_failed", job=str(job_id), kind=job.kind, attempts=job.attempts, error=type(error).__name__,
            correlation_id=context.correlation_id,
        )  # fmt: skip
