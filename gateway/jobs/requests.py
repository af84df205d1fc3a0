"""The gateway's own background jobs: starting, reading and stopping them, and the request context of their steps."""

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
from gateway.own_operations import Handler, answer_own, ask_owner
from gateway.read_models import units
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.history import note_access
from services.chassis.jobs import job_files, jobs
from services.chassis.jobs.entrypoints import job_handlers
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Principal
from services.contracts.jobs import JOBS_OF, Job

_ANSWERS: dict[str, Handler] = {
    operation.name: handler for operation, handler in job_handlers(JOBS_OF["gateway"]).items()
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of the operations on the gateway's own jobs.

    Raises:
        Problem: who asks may not, the input is not valid, or there is no such job.
    """
    return answer_own(operation, _ANSWERS, payload)


def ask(operation: Operation, payload: Mapping[str, Any], seconds: float | None = None) -> dict[str, Any]:
    """Carry out an operation on jobs, here or in the owning service; raises what the service answers."""
    return ask_owner(operation, _ANSWERS, payload, seconds)


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


@contextmanager
def acting(
    app: Flask, context: CallContext, asked: Mapping[str, Any], session: Session | None = None
) -> Iterator[None]:
    """Work as if the account that asked for it had sent a request: with its roles, its language, at the same address.

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
