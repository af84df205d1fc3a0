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
from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import Across, ListPage, Shown
from gateway.portal.listing import ALL
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import carry_out, part_of
from gateway.portal.words import words
from gateway.rpc.deadlines import part_seconds
from gateway.subjects.own.failed_events.reconciliation_pages import comparisons
from services.chassis.errors import NotFound
from services.chassis.schema import Operation
from services.contracts.failed_events import OF_SERVICE, FailedEventOperations
from services.contracts.vocabulary import SERVICES

PAGES = PageTable()

_SEES = ("ops", "officer")


def _compared(shown: Shown) -> dict[str, Any]:
    """Return the last comparisons of the services that answered."""
    asked_of = [shown.values["service"]] if "service" in shown.values else OF_SERVICE
    away = shown.found.data["away"]
    return {
        "comparisons": comparisons(service for service in asked_of if service not in away),
        "asks": current_principal().has("ops"),
    }


FAILED_EVENTS = PAGES.add_list(
    ListPage(
        "failed_events", "/console/system/events", OF_SERVICE["gateway"].list, _l("异常消息"),
        columns=(
            Column("type", blank=_l("无法读取的消息")),
            Column("consumer", macro="consumer"),
            Column("service", _l("服务"), "service", value=lambda item: item["service"]),
            "attempts", "next_at", "received_at",
            Column("status", state=True),
        ),
        roles=_SEES,
        filters=(Field("service", _l("服务"), choices=SERVICES, blank=ALL), "state"),
        lead=_l("某个服务没能处理的消息。“等待重试”的会自动再试，“已停止”的需要管理员处理。"),
        empty=_l("没有异常消息。"),
        icon="check-circle",
        link="failed_event",
        argument="event_id",
        along=("consumer",),
        across=Across(
            {service: operations.list for service, operations in OF_SERVICE.items()}, ask, "received_at",
            lambda service: gettext("%(service)s暂时没有回应，它的消息未列出。", service=words(service, "service")),
            lambda service: gettext("%(service)s的全部异常消息", service=words(service, "service")),
        ),
        more=_compared,
        template="portal/console/failed_events.html",
        macros="portal/parts/failed_events.html",
    )
)  # fmt: skip


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
    return _decide(event_id, lambda operations: operations.replay, gettext("消息已重新排队，几秒内再次处理。"))


@PAGES.post("/console/system/events/<uuid:event_id>/discard")
@only("ops")
def discard_event(event_id: UUID) -> Response:
    """Give up on an event for good."""
    return _decide(event_id, lambda operations: operations.discard, gettext("消息已放弃，不再处理。"))


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
