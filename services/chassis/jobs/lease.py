"""Which job is next, and which replica works on a chunk: a lease on the row of the job, renewed meanwhile.

A replica that was stopped, or whose host has vanished, loses the job seconds later; what it prepared meanwhile is
dropped when it wakes up, since the row then names another claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Signal
from sqlalchemy.orm import Session

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.leases import database_time, new_holder
from services.chassis.jobs.tables import OPEN, Job
from services.chassis.process import logs

SECONDS = 30.0
"""How long a replica that does not renew its lease keeps the others from a job."""
RENEW_AFTER = 10.0

log = logs.get_logger(__name__)


def is_free(session: Session) -> sa.ColumnElement[bool]:
    """Return the condition that no replica holds a job."""
    return sa.or_(Job.held_until.is_(None), Job.held_until <= database_time(session))


_ANY_OPEN = sa.select(sa.literal(1)).where(Job.state.in_(OPEN)).limit(1)
"""Asked twice a second; most of the time there is no open job."""


def next_due(database: Database, kinds: list[str]) -> tuple[UUID, str] | None:
    """Return id and kind of the open job that has waited longest for its next chunk, None when none is due."""
    with database.session(readonly=True) as session:
        if session.scalar(_ANY_OPEN) is None:
            return None
    with database.session() as session:
        found = session.execute(
            sa.select(Job.id, Job.kind)
            .where(Job.state.in_(OPEN), Job.next_at <= clock.now(), Job.kind.in_(kinds))
            .where(is_free(session))
            .order_by(Job.next_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
    return (found.id, found.kind) if found is not None else None


def get_for_update(session: Session, job_id: UUID, claimed: str | None = None) -> Job | None:
    """Return an open job with its row locked, if it is unclaimed or has this claim."""
    ours = is_free(session) if claimed is None else Job.held_by == claimed
    open_job = sa.select(Job).where(Job.id == job_id, Job.state.in_(OPEN), ours)
    return session.scalars(open_job.with_for_update(skip_locked=True)).one_or_none()


def claim(session: Session, job: Job) -> str:
    """Take a job whose row the session holds, and return the name of the claim."""
    job.held_by = new_holder()
    session.flush()
    _prolong(session, job.id, job.held_by)
    return job.held_by


def let_go(job: Job) -> None:
    """Release the job at the end of the transaction."""
    job.held_by = job.held_until = None


@contextmanager
def renewed(database: Database, job_id: UUID, claimed: str) -> Iterator[None]:
    """Keep a claim for as long as the block runs, which may be longer than a lease."""
    over = Signal()
    thread = eventlet.spawn(_renew, database, job_id, claimed, over)
    try:
        yield
    finally:
        over.send(None)
        thread.wait()


def _renew(database: Database, job_id: UUID, claimed: str, over: Signal) -> None:
    while not over.ready():
        with eventlet.Timeout(RENEW_AFTER, False):
            over.wait()
        if over.ready():
            return
        try:
            with database.session() as session:
                _prolong(session, job_id, claimed)
        except Exception as error:  # the next round may do better; else another replica takes over
            log.warning("job_lease_not_renewed", job=str(job_id), error=type(error).__name__)


def _prolong(session: Session, job_id: UUID, claimed: str) -> None:
    mine = sa.update(Job).where(Job.id == job_id, Job.held_by == claimed)
    until = database_time(session, SECONDS)
    session.execute(mine.values(held_until=until).execution_options(synchronize_session=False))
