"""Events that services could not handle: seen by officers and operators, replayed and discarded by operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.failed_events import ask
from gateway.identity.current import current_principal
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, chosen, listing_across
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import carry_out, part_of
from gateway.rpc.deadlines import part_seconds
from gateway.subjects.own.failed_events.reconciliation_pages import comparisons
from services.chassis.errors import NotFound
from services.chassis.schema import Operation
from services.contracts.failed_events import FAILED_EVENT_STATES, OF_SERVICE, FailedEventOperations
from services.contracts.vocabulary import SERVICES

PAGES = PageTable()

FILTERS = (
    Field("service", _l("服务"), "select", choices=SERVICES, blank=ALL),
    Field("state", _l("状态"), "select", choices=FAILED_EVENT_STATES, blank=ALL),
)
_SEES = ("ops", "officer")


@PAGES.get("/console/system/events")
@only(*_SEES)
def failed_events() -> str:
    """List failed events: of one service page by page, of all services the latest of each."""
    values = chosen(FILTERS)
    queries = {service: operations.list for service, operations in OF_SERVICE.items()}
    found = listing_across(queries, ask, values, latest="received_at")
    asked_of = [values["service"]] if "service" in values else OF_SERVICE
    return render_template(
        "portal/console/failed_events.html",
        found=found,
        filters=FILTERS,
        values=values,
        comparisons=comparisons(service for service in asked_of if service not in found.away),
        asks=current_principal().has("ops"),
    )


@PAGES.get("/console/system/events/<uuid:event_id>")
@only(*_SEES)
def failed_event(event_id: UUID) -> str:
    """Show one event of the consumer that the address names."""
    consumer, operations = _consumer()
    payload = {"consumer": consumer, "event_id": str(event_id)}
    found = part_of(lambda: ask(operations.get, payload, part_seconds()))
    return render_template(
        "portal/console/failed_event.html",
        event=found.data,
        problem=found.problem,
        service=operations.get.service,
        decides=current_principal().has(*operations.replay.allow),
    )


@PAGES.post("/console/system/events/<uuid:event_id>/replay")
@only("ops")
def replay_event(event_id: UUID) -> Response:
    """Try an event again now."""
    return _decide(event_id, lambda operations: operations.replay, gettext("事件已重新排队，几秒内再次处理。"))


@PAGES.post("/console/system/events/<uuid:event_id>/discard")
@only("ops")
def discard_event(event_id: UUID) -> Response:
    """Give up on an event for good."""
    return _decide(event_id, lambda operations: operations.discard, gettext("事件已放弃，不再处理。"))


def _consumer() -> tuple[str, FailedEventOperations]:
    """Return the consumer that the request names, and its service's operations."""
    consumer = request.values.get("consumer", "")
    operations = OF_SERVICE.get(consumer.partition(".")[0])
    if operations is None:
        raise NotFound("There is no such consumer.")
    return consumer[:100], operations


def _decide(event_id: UUID, which: Callable[[FailedEventOperations], Operation], done: str) -> Response:
    consumer, operations = _consumer()
    reason = request.form.get("reason", "").strip()
    payload: dict[str, Any] = {
        "consumer": consumer,
        "event_id": str(event_id),
        **({"reason": reason} if reason else {}),
    }
    then = url_for("portal.failed_event", event_id=event_id, consumer=consumer)
    return carry_out(lambda: ask(which(operations), payload), done=done, then=then)
