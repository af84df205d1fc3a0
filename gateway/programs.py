"""The gateway's own operations on accounts of other systems, for API and console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gateway.http.request_parsing import check
from gateway.identity import programs
from gateway.identity.current import current_context, current_principal
from gateway.runtime import gateway
from services.chassis.schema import Operation
from services.chassis.security.principal import authorise
from services.contracts.gateway import programs as contract

_ANSWERS: dict[str, Callable[..., Any]] = {
    contract.list_programs.name: programs.list_programs,
    contract.get_program.name: lambda tx, request: programs.get_program(tx, **request),
    contract.create_program.name: lambda tx, request: programs.create_program(tx, **request),
    contract.renew_program_secret.name: lambda tx, request: programs.renew_secret(tx, **request),
    contract.revoke_program.name: lambda tx, request: programs.revoke_program(tx, **request),
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of these operations.

    Raises:
        Problem: who asks may not, the input is not valid, or there is no such program.
    """
    principal = current_principal()
    authorise(principal, operation)
    request = check(operation.request_schema, payload)
    with gateway().transaction(current_context()) as tx:
        reply: dict[str, Any] = operation.reply_schema.dump(_ANSWERS[operation.name](tx, request))
    return reply
