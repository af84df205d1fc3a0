"""Operations on failed events and reconciliation of all services; the gateway answers those of its own inbox itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.own_operations import Handler, answer_own, ask_owner
from services.chassis.events import failed_events, published
from services.chassis.schema import Operation
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import RECONCILIATION_OF

_OWN = OF_SERVICE["gateway"]
_OWN_RECONCILIATION = RECONCILIATION_OF["gateway"]
_ANSWERS: dict[str, Handler] = {
    _OWN.list.name: lambda tx, request: failed_events.list_failed_events(tx, request),
    _OWN.get.name: lambda tx, request: failed_events.get_failed_event(tx, **request),
    _OWN.replay.name: lambda tx, request: failed_events.replay_event(tx, **request),
    _OWN.discard.name: lambda tx, request: failed_events.discard_event(tx, **request),
    _OWN_RECONCILIATION.get.name: lambda tx, request: published.get_reconciliation(tx),
    _OWN_RECONCILIATION.ask.name: lambda tx, request: published.reconcile_events(tx, request["since"]),
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Execute one of the operations on the gateway's own inbox.

    Raises:
        Problem: the account may not do it, the input is not valid, or the inbox refuses.
    """
    return answer_own(operation, _ANSWERS, payload)


def ask(operation: Operation, payload: Mapping[str, Any], seconds: float | None = None) -> dict[str, Any]:
    """Carry out one of these operations wherever it belongs; raises what the service answers."""
    return ask_owner(operation, _ANSWERS, payload, seconds)
