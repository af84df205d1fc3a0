"""Failed events: what a service could not handle, why, trying it again, giving it up. The same for every service."""

from __future__ import annotations

from functools import partial

from gateway.failed_events import answer
from gateway.routes import Route
from services.chassis.schema import Operation
from services.contracts.failed_events import OF_SERVICE


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
)
