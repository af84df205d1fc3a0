"""Carrying out one call: verify who asks, authorise, validate, one transaction, a reply or a problem."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import marshmallow
import sqlalchemy as sa

from services.chassis import logs, metrics, tracing
from services.chassis.context import CallContext
from services.chassis.database_errors import STATEMENT_CANCELLED, is_away, is_busy, sql_code
from services.chassis.encryption import fingerprint, key_ring
from services.chassis.errors import Conflict, Defect, InvalidInput, Problem, Unavailable
from services.chassis.principal import Principal, authorise
from services.chassis.runtime import Call, Work
from services.chassis.schema import Operation, rule_of
from services.chassis.tables import ExecutedCommand
from services.chassis.transaction import Transaction

RETRIED = ("40001", "40P01")
"""PostgreSQL's codes for a transaction that lost to another and may simply be repeated."""
LONGEST_KEY = 100

log = logs.get_logger(__name__)

InTransaction = Callable[[Transaction, dict[str, Any]], Any]
OnItsOwn = Callable[[Call, dict[str, Any]], Any]


def carry_out(work: Work, operation: Operation, payload: Any, run: Callable[[Call, dict[str, Any]], Any]) -> Any:
    """Return the wire form of the answer: `{"ok": reply}` or `{"problem": …}`. Never raises."""
    with metrics.rpc(work.service, operation.name) as outcome:
        correlation_id = work.headers.get("correlation_id")
        try:
            context = CallContext.from_headers(work.headers, operation.id)
            authorise(context.principal, operation)
            request = operation.request_schema.load(payload)
            with tracing.span(operation.id, context.traceparent, correlation_id=context.correlation_id) as span:
                reply = run(work.call(replace(context, traceparent=span.traceparent)), request)
            outcome.set("ok")
            return {"ok": reply}
        except Exception as error:
            problem = as_problem(error)
            outcome.set(problem.code)
            if isinstance(problem, Defect):
                log.exception("defect", operation=operation.id, correlation_id=correlation_id)
            return {"problem": problem.to_wire()}


def as_problem(error: Exception) -> Problem:
    """Return what the caller may learn of an error."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, marshmallow.ValidationError):
        errors = error.normalized_messages()
        return InvalidInput(errors=errors, rule=rule_of(errors))
    if is_away(error):
        return Unavailable("The database cannot be reached; nothing was changed.", code="database_away")
    if isinstance(error, sa.exc.IntegrityError):
        return Conflict("This clashes with something that was stored at the same time.", code="stored_meanwhile")
    if sql_code(error) == STATEMENT_CANCELLED:
        return Unavailable("This took too long and was given up; nothing was changed.", code="took_too_long")
    if is_busy(error):
        return Unavailable("Somebody else is changing this; try again.", code="busy")
    return Defect("Something broke inside; the operators find it by the correlation id.")


def in_one_transaction(operation: Operation, function: InTransaction) -> Callable[[Call, dict[str, Any]], Any]:
    """Return a runner that opens the transaction, remembers keyed commands, and repeats once what lost a deadlock.

    A query's transaction is read-only.
    """

    def attempt(call: Call, request: dict[str, Any]) -> Any:
        with call.transaction(readonly=operation.kind == "query") as tx:
            key = call.context.idempotency_key if operation.kind == "command" else None
            if key is None:
                return operation.reply_schema.dump(function(tx, request))
            return _remembered(tx, operation, key, request, function)

    def run(call: Call, request: dict[str, Any]) -> Any:
        try:
            return attempt(call, request)
        except sa.exc.DBAPIError as error:
            if sql_code(error) not in RETRIED:
                raise
        return attempt(call, request)

    return run


def on_its_own(operation: Operation, function: OnItsOwn) -> Callable[[Call, dict[str, Any]], Any]:
    """Return a runner for a function that opens its transactions itself; it must be safe to repeat by nature."""

    def run(call: Call, request: dict[str, Any]) -> Any:
        return operation.reply_schema.dump(function(call, request))

    return run


def _remembered(
    tx: Transaction, operation: Operation, key: str, request: Mapping[str, Any], function: InTransaction
) -> Any:
    """Answer a repeated command as it was answered the first time."""
    if len(key) > LONGEST_KEY:
        raise InvalidInput(errors={"Idempotency-Key": [f"At most {LONGEST_KEY} characters."]})
    digest = _digest(operation, request)
    actor = _asker(tx.principal, digest)
    tx.lock(f"key-{actor}-{key}")
    done = tx.session.get(ExecutedCommand, (actor, key))
    if done is not None:
        if done.request_hash != digest or done.operation != operation.id:
            raise InvalidInput(
                "This idempotency key was used for another request.",
                code="idempotency_key_reused",
                field="Idempotency-Key",
                rule="idempotency_key_names_one_request",
            )
        return _unsealed(done.reply)
    reply = operation.reply_schema.dump(function(tx, dict(request)))
    tx.session.add(
        ExecutedCommand(
            actor=actor, key=key, operation=operation.id, request_hash=digest, reply=_sealed(reply), at=tx.now
        )
    )
    return reply


def _asker(principal: Principal, digest: str) -> str:
    """Return under whom a key is kept. Strangers share no keys: only the very same request is a repeat."""
    return f"{principal.kind} {digest[:48]}" if principal.kind == "anonymous" else principal.actor


def _sealed(reply: Any) -> dict[str, str]:
    """Encrypt an answer to be kept: it may hold a receipt code or a name."""
    return {"sealed": key_ring().encrypt(json.dumps(reply, ensure_ascii=False))}


def _unsealed(kept: Mapping[str, Any]) -> Any:
    return json.loads(key_ring().decrypt(kept["sealed"]))


def _digest(operation: Operation, request: Mapping[str, Any]) -> str:
    text = json.dumps(operation.request_schema.dump(request), sort_keys=True, ensure_ascii=False)
    return fingerprint(text, operation.id)
