"""The gateway's own operations on notices, for API, pages and console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from gateway.http.routes import idempotency_key
from gateway.notices import announcements, delivery_log, inbox, preferences, robots, stops, unsubscribing
from gateway.own_operations import Handler, answer_own
from services.chassis.schema import Operation
from services.contracts.gateway import announcements as office
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
    office.list_announcements.name: announcements.list_announcements,
    office.get_announcement.name: announcements.get,
    office.read_announcement.name: announcements.read,
    office.count_audience.name: announcements.count_audience,
    office.create_announcement.name: announcements.create,
    office.take_back_announcement.name: announcements.take_back,
    office.list_robots.name: robots.list_robots,
    office.create_robot.name: robots.create_robot,
    office.end_robot.name: robots.end_robot,
    office.list_stops.name: stops.list_stops,
    office.create_stop.name: stops.create_stop,
    office.end_stop.name: stops.end_stop,
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
