"""Carrying out operations that the gateway answers itself: authorised and checked alike, for API and portal.

A form reaches these without a route's check before it, so the check is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gateway.http.request_parsing import check, check_storable
from gateway.identity.current import current_context, current_principal
from gateway.rpc.calls import call
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.rpc.idempotency import answered_once
from services.chassis.schema import Operation
from services.chassis.security.principal import authorise

Handler = Callable[[Transaction, dict[str, Any]], Any]


def checked_request(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Check a request of the signed-in account and return its typed values.

    Raises:
        Problem: the account may not make it, or the input is not valid.
    """
    authorise(current_principal(), operation)
    check_storable(payload)
    return check(operation.request_schema, payload)


def carry_out(
    operation: Operation, handler: Handler, request: dict[str, Any], key: str | None = None
) -> dict[str, Any]:
    """Return a handler's answer to a checked request, made in one transaction; with a key, a repeat's first answer.

    Raises:
        Problem: what the handler raises, or the key was used for another request.
    """
    with gateway().transaction(current_context().of(operation)) as tx:

        def run() -> dict[str, Any]:
            reply: dict[str, Any] = operation.reply_schema.dump(handler(tx, request))
            return reply

        answer: dict[str, Any] = run() if key is None else answered_once(tx, operation, key, request, run)
    return answer


def answer_own(
    operation: Operation, handlers: Mapping[str, Handler], payload: Mapping[str, Any], key: str | None = None
) -> dict[str, Any]:
    """Check a request and carry it out.

    Args:
        operation: of the gateway.
        handlers: by the operation's name.
        payload: JSON values, or texts of a form.
        key: idempotency key of a command.

    Raises:
        Problem: who asks may not, the input is not valid, or what the handler raises.
    """
    return carry_out(operation, handlers[operation.name], checked_request(operation, payload), key)


def ask_owner(
    operation: Operation, handlers: Mapping[str, Handler], payload: Mapping[str, Any], seconds: float | None = None
) -> dict[str, Any]:
    """Carry out an operation that every service has where it belongs: here, or over RPC within so many seconds.

    Raises:
        Problem: what the owner answers.
    """
    if operation.service == "gateway":
        return answer_own(operation, handlers, payload)
    return call(operation, dict(payload), seconds=seconds)
