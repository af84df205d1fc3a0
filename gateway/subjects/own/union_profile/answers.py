"""What the operations on the union's profile answer, for the API and the pages alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.own_operations import answer_own
from gateway.union_profile import changes, profile
from services.chassis.schema import Operation
from services.contracts.gateway import union_profile as contract

_HANDLERS = {
    contract.get_union_profile.name: lambda tx, request: profile.to_reply(profile.read(tx.session)),
    contract.change_union_profile.name: changes.change,
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of these operations.

    Raises:
        Problem: who asks may not, the input is not valid, or the rules refuse.
    """
    return answer_own(operation, _HANDLERS, payload)
