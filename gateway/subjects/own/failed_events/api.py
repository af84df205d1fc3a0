"""Failed events, and events that never came: shown, tried again, given up, looked for. The same for every service."""

from __future__ import annotations

from functools import partial

from gateway.failed_events import answer
from gateway.http.routes import Route
from services.chassis.schema import Operation
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import RECONCILIATION_OF


def _route(method: str, path: str, operation: Operation) -> Route:
    own = operation.service == "gateway"
    return Route(method, path, operation, answer=partial(answer, operation) if own else None)


ROUTES = tuple(
    route
    for service, operations in OF_SERVICE.items()
    for route in (
        _route("GET", f"/{service}/failed-events", operations.list),
        _route("GET", f"/{service}/failed-events/<consumer>/<uuid:event_id>", operations.get),
        _route("POST", f"/{service}/failed-events/<consumer>/<uuid:event_id>/replay", operations.replay),
        _route("POST", f"/{service}/failed-events/<consumer>/<uuid:event_id>/discard", operations.discard),
    )
) + tuple(
    route
    for service, operations in RECONCILIATION_OF.items()
    for route in (
        _route("GET", f"/{service}/event-reconciliation", operations.get),
        _route("POST", f"/{service}/event-reconciliation", operations.ask),
    )
)
