"""The entrypoints of the gateway's own long work: one for each kind of job that its subjects do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from gateway.identity.grants import roles_of_account
from gateway.jobs.requests import acting
from gateway.subject import JobKind, Subject
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant


class GatewayJobs:
    """Long work of the gateway; `http` is its app, in which a step is done as a request would be answered."""

    http: Any
    runtime: Any

    def roles_of_asker(self, context: CallContext) -> tuple[Grant, ...]:
        """Return the roles of the account that asked for a job, none when it was closed."""
        with self.runtime.call(context).transaction() as tx:
            return roles_of_account(tx.session, context.principal.account_id, tx.today)


def working(subjects: Iterable[Subject]) -> type:
    """Return a class with a method for each kind of job that the gateway does for a subject."""
    kinds = [kind for subject in subjects for kind in subject.jobs if kind.keep is not None]
    return type("WorkingGateway", (GatewayJobs,), {f"do_{kind.name}": _entrypoint(kind) for kind in kinds})


def prepared(kind: JobKind, app: Flask, database: Database, context: CallContext, job: Job) -> Any:
    """Return what a step needs, made without a transaction in a request of the account that asked for the job."""
    with transaction(database, context, readonly=True) as tx:
        asked = job_files.request_of(tx, job)
    assert kind.prepare is not None
    with acting(app, context, asked):
        return kind.prepare(asked, job)


def kept(kind: JobKind, app: Flask, tx: Transaction, job: Job, made: Any) -> bool:
    """Store what a step made, in a request of the account that asked for the job; True after the last step."""
    assert kind.keep is not None
    with acting(app, tx.context, job_files.request_of(tx, job), tx.session):
        return kind.keep(tx, job, made)


def _entrypoint(kind: JobKind) -> Callable[..., Any]:
    def prepare(gateway: GatewayJobs, database: Database, context: CallContext, job: Job) -> Any:
        return prepared(kind, gateway.http, database, context, job)

    def keep(gateway: GatewayJobs, tx: Transaction, job: Job, made: Any) -> bool:
        return kept(kind, gateway.http, tx, job, made)

    keep.__name__ = f"do_{kind.name}"
    return long_work(kind.name, kind.asked_by, prepare=prepare)(keep)
