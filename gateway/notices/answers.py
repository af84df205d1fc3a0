"""The gateway's own operations on notices, for API, pages and console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from gateway.http.routes import idempotency_key
from gateway.notices import delivery_log, inbox, preferences, unsubscribing
from gateway.own_operations import Handler, answer_own
from services.chassis.schema import Operation
from services.contracts.gateway import deliveries as log
from services.contracts.gateway import notice_settings as own
from services.contracts.gateway import notices as contract

_ANSWERS: dict[str, Handler] = {
    contract.list_notices.name: inbox.list_notices,
    contract.count_unread.name: inbox.count_unread,
    contract.read_notice.name: inbox.read_notice,
    contract.read_all_notices.name: inbox.read_all,
    own.get_notice_settings.name: preferences.get_settings,
    own.change_notice_settings.name: preferences.change_settings,
    own.confirm_email.name: preferences.confirm_email,
    own.remove_email.name: preferences.remove_email,
    own.unsubscribe.name: lambda tx, request: {"kind": unsubscribing.unsubscribe(tx, request["token"])},
    log.list_deliveries.name: delivery_log.list_deliveries,
    log.retry_delivery.name: delivery_log.retry,
}


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one of the operations; sending a command or form twice executes it once.

    Raises:
        Problem: who asks may not, the input is not valid, or what was asked for is refused.
    """
    if operation is own.set_email:
        return preferences.set_email(payload)
    if operation is own.confirm_email:
        preferences.check_code(payload)
    return answer_own(operation, _ANSWERS, payload, _key(operation) if operation.kind == "command" else None)


def _key(operation: Operation) -> str | None:
    once = request.form.get("once", "")[:40]
    return f"{once}.{operation.name}" if once else idempotency_key()
