"""The gateway's own operations on accounts of other systems, for API and console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.identity import passwords, programs
from gateway.own_operations import Handler, carry_out, checked_request
from services.chassis.schema import Operation
from services.contracts.gateway import programs as contract

_ANSWERS: dict[str, Handler] = {
    contract.list_programs.name: programs.list_programs,
    contract.get_program.name: lambda tx, request: programs.get_program(tx, **request),
    contract.create_program.name: lambda tx, request: programs.create_program(tx, **request),
    contract.renew_program_secret.name: lambda tx, request: programs.renew_secret(tx, **request),
    contract.revoke_program.name: lambda tx, request: programs.revoke_program(tx, **request),
}
_MAKE_A_SECRET = (contract.create_program.name, contract.renew_program_secret.name)


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of these operations.

    Raises:
        Problem: who asks may not, the input is not valid, or there is no such program.
    """
    request = checked_request(operation, payload)
    if operation.name in _MAKE_A_SECRET:  # hashed before the transaction opens
        request["secret"] = passwords.new_secret()
    return carry_out(operation, _ANSWERS[operation.name], request)
