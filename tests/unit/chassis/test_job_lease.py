"""One replica at a time is at a chunk: claims are renewed while it is prepared, and a late one does nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import eventlet
import pytest

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Unavailable
from services.chassis.jobs import lease
from services.chassis.jobs.lease import next_due
from services.chassis.jobs.runner import AWAY_PAUSE, PAUSES, advance
from services.chassis.jobs.tables import Job
from services.chassis.rpc.context import CallContext
from tests.support.waiting import PATIENCE
from tests.unit.chassis.test_jobs import count, seen, started


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch):
    """`hours(seconds)` lets so many seconds pass."""
    passed = timedelta()
    now = clock.now

    def let_pass(seconds: float) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)

    monkeypatch.setattr(clock, "now", lambda: now() + passed)
    return let_pass


def done_with(tx: Transaction, job: Job, prepared: str) -> bool:
    """Count, and note who prepared it."""
    ended = count(tx, job)
    job.position = {**(job.position or {}), "by": prepared}
    return ended


def test_while_a_chunk_is_prepared_no_other_replica_prepares_it(database: Database, hours, monkeypatch):
    monkeypatch.setattr(lease, "RENEW_AFTER", 0.01)
    job_id = started(database)

    def prepare(_database: Database, _context: CallContext, job: Job) -> str:
        for _ in range(5):
            hours(lease.SECONDS - 5)
            with eventlet.Timeout(PATIENCE):
                while seen(database, job_id).held_until <= clock.now() + timedelta(seconds=10):
                    eventlet.sleep(0.01)
            assert next_due(database, ["count"]) is None
            advance(database, job_id, done_with, lambda *_: pytest.fail("prepared twice"))
        return "first"

    advance(database, job_id, done_with, prepare)

    job = seen(database, job_id)
    assert (job.done, job.begun, job.held_by, job.held_until) == (2, 0, None, None)
    assert job.position == {"at": 2, "by": "first"}


def test_a_replica_that_slept_while_another_took_over_stores_nothing(database: Database, hours):
    job_id = started(database)

    def sleeps(_database: Database, _context: CallContext, job: Job) -> str:
        hours(lease.SECONDS + 1)
        advance(database, job_id, done_with, lambda *_: "second")
        return "first"

    advance(database, job_id, done_with, sleeps)

    job = seen(database, job_id)
    assert (job.done, job.position) == (2, {"at": 2, "by": "second"})


def test_one_that_slept_and_failed_then_notes_nothing_either(database: Database, hours):
    job_id = started(database)

    def sleeps(_database: Database, _context: CallContext, job: Job) -> str:
        hours(lease.SECONDS + 1)
        advance(database, job_id, done_with, lambda *_: "second")
        raise KeyError("gone")

    advance(database, job_id, done_with, sleeps)

    job = seen(database, job_id)
    assert (job.state, job.done, job.attempts, job.error) == ("running", 2, 0, None)


def test_a_service_that_is_away_delays_a_job_and_never_ends_it(database: Database, hours):
    job_id = started(database)

    def away(_database: Database, _context: CallContext, job: Job) -> str:
        raise Unavailable("membership did not answer in time.")

    for _ in range(3 * len(PAUSES)):
        assert due(database) == job_id
        advance(database, job_id, done_with, away)
        assert due(database) is None
        hours(AWAY_PAUSE.total_seconds() + 1)
    assert (seen(database, job_id).error or {})["code"] == "unavailable"

    advance(database, job_id, done_with, lambda *_: "first")

    job = seen(database, job_id)
    assert (job.state, job.done, job.attempts, job.error) == ("running", 2, 0, None)


def due(database: Database) -> UUID | None:
    found = next_due(database, ["count"])
    return found[0] if found else None
