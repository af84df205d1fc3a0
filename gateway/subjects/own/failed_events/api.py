"""Failed events, and events that never came: shown, tried again, given up, looked for. The same for every service."""

from __future__ import annotations

from gateway.failed_events import answer
from gateway.http.routes import answered_by
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import RECONCILIATION_OF

_route = answered_by(answer)

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
