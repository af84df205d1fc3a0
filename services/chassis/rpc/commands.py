"""Executes one call: verify the principal, authorise, validate, one transaction, a reply or a problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import marshmallow
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.database.errors import STATEMENT_CANCELLED, is_away, is_busy, is_clash, sql_code
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, Defect, InvalidInput, Problem, Unavailable
from services.chassis.process import logs, metrics, tracing
from services.chassis.process.runtime import Call, Work
from services.chassis.rpc.context import CallContext
from services.chassis.rpc.idempotency import answered_once
from services.chassis.schema import Operation, rule_of
from services.chassis.security.principal import authorise

RETRIED = ("40001", "40P01")
"""PostgreSQL's codes for a transaction that lost a conflict and can be repeated."""

log = logs.get_logger(__name__)

InTransaction = Callable[[Transaction, dict[str, Any]], Any]
Prepare = Callable[[Call, dict[str, Any]], None]
OnItsOwn = Callable[[Call, dict[str, Any]], Any]


def carry_out(work: Work, operation: Operation, payload: Any, run: Callable[[Call, dict[str, Any]], Any]) -> Any:
    """Return the answer as it is sent: `{"ok": reply}` or `{"problem": …}`. Never raises."""
    with metrics.rpc(work.service, operation.name) as outcome:
        correlation_id = work.headers.get("correlation_id")
        try:
            context = CallContext.from_headers(work.headers, operation.id)
            authorise(context.principal, operation)
            request = operation.request_schema.load(payload)
            recorded = not operation.unlinked
            with tracing.span(
                operation.id, context.traceparent, correlation_id=context.correlation_id, recorded=recorded
            ) as span:
                reply = run(work.call(replace(context.of(operation), traceparent=span.traceparent)), request)
            outcome.set("ok")
            return {"ok": reply}
        except Exception as error:
            problem = as_problem(error)
            outcome.set(problem.code)
            if isinstance(problem, Defect):
                log.exception("defect", operation=operation.id, correlation_id=correlation_id)
            return {"problem": problem.to_wire()}


def as_problem(error: Exception) -> Problem:
    """Return the problem that the caller gets for an exception."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, marshmallow.ValidationError):
        errors = error.normalized_messages()
        return InvalidInput(errors=errors, rule=rule_of(errors))
    if is_away(error):
        return Unavailable("The database cannot be reached; nothing was changed.", code="database_away")
    if is_clash(error):
        return Conflict("This clashes with something that was stored at the same time.", code="stored_meanwhile")
    if sql_code(error) == STATEMENT_CANCELLED:
        return Unavailable("This took too long and was given up; nothing was changed.", code="took_too_long")
    if is_busy(error):
        return Unavailable("Somebody else is changing this; try again.", code="busy")
    return Defect("Something broke inside; the operators find it by the correlation id.")


def in_one_transaction(
    operation: Operation, function: InTransaction, *, store_reply: bool = True, prepare: Prepare | None = None
) -> Callable[[Call, dict[str, Any]], Any]:
    """Return a runner: opens the transaction, stores replies by idempotency key, repeats once after a lost conflict.

    A query's transaction is read-only.

    Args:
        operation: the contract.
        function: what is done in the transaction.
        store_reply: False for a command whose reply must not be stored with its key.
        prepare: called before the transaction opens; asks other services for what the function needs.
    """
    is_stored = store_reply and operation.kind == "command" and not operation.unlinked

    def attempt(call: Call, request: dict[str, Any]) -> Any:
        with call.transaction(readonly=operation.kind == "query") as tx:
            key = call.context.idempotency_key if is_stored else None
            if key is None:
                return operation.reply_schema.dump(function(tx, request))
            return answered_once(
                tx, operation, key, request, lambda: operation.reply_schema.dump(function(tx, dict(request)))
            )

    def run(call: Call, request: dict[str, Any]) -> Any:
        if prepare is not None:
            prepare(call, request)
        try:
            return attempt(call, request)
        except StaleDataError:  # a row was deleted between reading and changing it
            pass
        except sa.exc.DBAPIError as error:
            if sql_code(error) not in RETRIED:
                raise
        return attempt(call, request)

    return run


def on_its_own(operation: Operation, function: OnItsOwn) -> Callable[[Call, dict[str, Any]], Any]:
    """Return a runner for a function that opens its transactions itself; it must be idempotent itself."""

    def run(call: Call, request: dict[str, Any]) -> Any:
        return operation.reply_schema.dump(function(call, request))

    return run
