"""The gateway's own jobs: starting, listing, stopping them; and running a step with the rights of the requester.

Belongs here: what all jobs share. Not: exported lists (`portal.exporting`), cards (`card_sheets`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, g, request
from sqlalchemy.orm import Session

from gateway.identity.current import current_context
from gateway.identity.sessions import SignedIn
from gateway.own_operations import Handler, answer_own
from gateway.read_models import units
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.history import note_access
from services.chassis.database.transaction import transaction
from services.chassis.jobs import job_files, jobs
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Principal
from services.contracts.gateway import jobs as contract
from services.contracts.membership.jobs import Job

_ANSWERS: dict[str, Handler] = {
    contract.list_own_jobs.name: jobs.list_jobs,
    contract.get_own_job.name: lambda tx, request: jobs.get_job(tx, request["job_id"]),
    contract.cancel_own_job.name: lambda tx, request: jobs.cancel_job(tx, request["job_id"]),
    contract.retry_own_job.name: lambda tx, request: jobs.retry_job(tx, request["job_id"]),
    contract.read_own_job_file.name: lambda tx, request: jobs.job_file(tx, request["job_id"], request["which"]),
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of the operations on the gateway's own jobs.

    Raises:
        Problem: who asks may not, the input is not valid, or there is no such job.
    """
    return answer_own(operation, _ANSWERS, payload)


def is_own(job_id: UUID) -> bool:
    """Whether a job is the gateway's; the others are membership's."""
    with gateway().database.session(readonly=True) as session:
        return session.get(jobs.Job, job_id) is not None


def start(
    kind: str, params: Mapping[str, Any], asked: Mapping[str, Any], log: tuple[str, str, str] | None, total: int | None
) -> dict[str, Any]:
    """Start a job in the name of the signed-in account.

    Args:
        kind: of the work.
        params: choices without personal data, shown with the job.
        asked: what may hold some, kept sealed.
        log: subject, field and purpose for the log of who saw what; None where no people are shown.
        total: how much there is to do, where that is known.
    """
    with gateway().transaction(current_context()) as tx:
        if log is not None:
            note_access(tx, *log)
        job = jobs.start_job(tx, kind, params, total=total)
        job_files.keep(tx, job, job_files.REQUEST, {**asked, "host": request.host_url})
        reply: dict[str, Any] = Job().dump(job)
    return reply


def asked_for(database: Database, context: CallContext, job: jobs.Job) -> dict[str, Any]:
    """Return what a job was asked for with, read in a moment of its own."""
    with transaction(database, context) as tx:
        return job_files.request_of(tx, job)


@contextmanager
def acting(
    app: Flask, context: CallContext, asked: Mapping[str, Any], session: Session | None = None
) -> Iterator[None]:
    """Run the block as a request of the requester: with the same roles, language and address.

    Args:
        app: of the gateway.
        context: of the job, or the transaction of a step.
        asked: what was asked for.
        session: within a step, where a SQLite file lends no second connection, the one the units are read with.
    """
    with app.test_request_context(base_url=asked["host"]):
        g.signed_in, g.token_problem = _asker(context.principal, asked.get("language")), None
        g.correlation_id = context.correlation_id
        g.portal_units = units.by_id() if session is None else units.read(session)
        yield


def _asker(principal: Principal, language: str | None) -> SignedIn:
    nobody = UUID(int=0)
    return SignedIn(
        session_id=nobody, account_id=principal.account_id or nobody, username="", member_id=principal.member_id,
        unit_id=None, number=None, joined_on=None, language=language, kind="job",
        expires_at=clock.now() + timedelta(hours=1), principal=principal,
    )  # fmt: skip
