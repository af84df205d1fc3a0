"""The long work of a service without its container: which kinds it does, and one step of what is due."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from services.chassis.database.engine import Database
from services.chassis.jobs.lease import next_due
from services.chassis.jobs.requester import asker_now
from services.chassis.jobs.runner import Chunk, LongWorkEntrypoint, advance
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant


def long_work_of(service: type) -> dict[str, tuple[str, LongWorkEntrypoint]]:
    """Return by kind of job the method that does it and its entrypoint."""
    return {
        entrypoint.kind: (name, entrypoint)
        for name in dir(service)
        for entrypoint in getattr(getattr(service, name), "nameko_entrypoints", ())
        if isinstance(entrypoint, LongWorkEntrypoint)
    }


def do_step(service: Any, database: Database) -> bool:
    """Do one step of the job that is due, with the roles that its requester has by then; False when none is due."""
    found = next_due(database, list(long_work_of(type(service))))
    if found is None:
        return False
    do_step_of(service, database, *found)
    return True


def do_step_of(service: Any, database: Database, job_id: UUID, kind: str) -> None:
    """Do one step of a job, due or not, with the roles that its requester has by then."""
    name, entrypoint = long_work_of(type(service))[kind]

    def run(chunk: Chunk, prepare: Any, roles: Callable[[CallContext], tuple[Grant, ...]]) -> None:
        requester = partial(asker_now, roles=roles, asked_by=entrypoint.asked_by)
        advance(database, job_id, chunk, prepare, requester)

    getattr(service, name)(run)
