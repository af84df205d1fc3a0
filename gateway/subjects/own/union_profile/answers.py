"""What the operations on the union's profile answer, for the API and the pages alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.own_operations import Handler, answer_own, carry_out, checked_request
from gateway.union_profile import changes, profile
from services.chassis.files.attachments import emblem_of
from services.chassis.schema import Operation
from services.contracts.gateway import union_profile as contract

_HANDLERS: dict[str, Handler] = {
    contract.get_union_profile.name: lambda tx, request: profile.to_reply(profile.read(tx.session)),
    contract.change_union_profile.name: changes.change,
    contract.remove_union_emblem.name: changes.remove_emblem,
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of these operations.

    Raises:
        Problem: who asks may not, the input is not valid, or the rules refuse.
    """
    if operation is contract.set_union_emblem:
        request = checked_request(operation, payload)
        picture = emblem_of(request)  # before the transaction: reading a foreign picture takes its time
        return carry_out(operation, lambda tx, _: changes.set_emblem(tx, picture), {})
    return answer_own(operation, _HANDLERS, payload)
