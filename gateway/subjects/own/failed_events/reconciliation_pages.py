"""Whether every event arrived: each service's last comparison on the page of failed events, and a new one at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.failed_events import ask
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import carry_out, part_of
from gateway.rpc.deadlines import part_seconds
from services.chassis.errors import Unavailable
from services.contracts.published_events import RECONCILIATION_OF

PAGES = PageTable()


def comparisons(services: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return by service how its last comparison ended; a service that does not answer is left out."""
    found = {
        service: part_of(partial(ask, RECONCILIATION_OF[service].get, {}, part_seconds())).items for service in services
    }
    return {service: _summed(items) for service, items in found.items() if items}


def _summed(items: list[dict[str, Any]]) -> dict[str, Any]:
    ends = [item["completed_at"] for item in items]
    found = [item["resent_at"] for item in items if item["resent_at"]]
    return {
        "at_work": any(item["asked_at"] for item in items),
        "completed_at": min(ends) if all(ends) else None,
        "resent_at": max(found, default=None),
        **{name: sum(item[name] for item in items) for name in ("resent", "missing", "unannounced")},
    }


@PAGES.post("/console/system/events/reconcile")
@only("ops")
def reconcile_events() -> Response:
    """Have every service compare all its events again."""
    return carry_out(_ask_all, done=gettext("核对已开始，结果稍后显示在本页。"), then=url_for("portal.failed_events"))


def _ask_all() -> None:
    """Ask every service; those that answer begin even where another one does not."""
    away = None
    for operations in RECONCILIATION_OF.values():
        try:
            ask(operations.ask, {}, part_seconds())
        except Unavailable as problem:
            away = problem
    if away is not None:
        raise away
