"""A job whose chunk kills its process: tried twice by whatever process comes next, then set aside and told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import eventlet
import pytest

from services.chassis.database.engine import ChassisBase, Database, Limits
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.jobs import jobs, runner
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant, Principal

OFFICER = Principal("account", uuid4(), uuid4(), (Grant("officer"),))
PROCESS = """
import os, signal, sys
from services.chassis.database.engine import Database
from services.chassis.jobs import lease, runner

lease.SECONDS = 0.0
database = Database(os.environ["JOB_DATABASE"])
read = []

def chunk(tx, job):
    if job.params["kind"] == "hostile":
        os.kill(os.getpid(), signal.SIGKILL)
    job.done += 1
    return True

while (found := lease.next_due(database, ["read"])) is not None:
    runner.advance(database, found[0], chunk)
"""


@pytest.fixture
def chassis(database_url: Callable[..., str]) -> Iterator[Database]:
    """A PostgreSQL database with the chassis' tables."""
    database = Database(database_url("killing"))
    ChassisBase.metadata.create_all(database.engine)
    yield database
    database.close()


def ask(database: Database, kind: str) -> UUID:
    with transaction(database, CallContext(principal=OFFICER)) as tx:
        return jobs.start_job(tx, "read", {"kind": kind}).id


def process_ends_with(database: Database) -> int:
    """Run a process that does what is due, as a service does; return how it ended."""
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PROCESS]
    return subprocess.run(command, env={**os.environ, "JOB_DATABASE": url}, timeout=120, check=False).returncode


def test_a_job_that_kills_its_process_is_set_aside_after_two_and_the_others_are_done(chassis: Database):
    hostile, sound = ask(chassis, "hostile"), ask(chassis, "sound")

    ends = [process_ends_with(chassis) for _ in range(3)]

    assert ends == [-signal.SIGKILL, -signal.SIGKILL, 0]
    with transaction(chassis, CallContext(principal=OFFICER)) as tx:
        listed = {
            job.id: job
            for job in jobs.list_jobs(tx, {"kind": None, "state": None, "cursor": None, "limit": 9})["items"]
        }
        assert (listed[sound].state, listed[sound].done) == ("done", 1)
        assert listed[hostile].state == "failed"
        assert (listed[hostile].error or {})["rule"] == "job.step_comes_to_an_end"


def test_a_chunk_that_keeps_its_transaction_waiting_uses_up_its_attempts(chassis: Database):
    hurried = Database(chassis.url, limits=Limits(idle=1))
    job_id = ask(chassis, "slow")

    def chunk(tx: Transaction, _job: jobs.Job) -> bool:
        eventlet.sleep(3)
        tx.session.flush()
        return True

    for _ in range(len(runner.PAUSES) + 1):
        runner.advance(hurried, job_id, chunk)
    hurried.close()

    with transaction(chassis, CallContext(principal=OFFICER)) as tx:
        job = jobs.get_job(tx, job_id)
        assert (job.state, job.attempts, job.begun) == ("failed", 5, 0)
