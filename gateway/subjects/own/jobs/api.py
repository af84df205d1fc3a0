"""Long work: how far it is, stopping it, letting it go on, the files it has made. The same for every service."""

from __future__ import annotations

from gateway.http.routes import answered_by
from gateway.jobs.requests import answer
from services.contracts.jobs import JOBS_OF

_route = answered_by(answer)

ROUTES = tuple(
    route
    for service, operations in JOBS_OF.items()
    for route in (
        _route("GET", f"/{service}/jobs", operations.list),
        _route("GET", f"/{service}/jobs/<uuid:job_id>", operations.get),
        _route("POST", f"/{service}/jobs/<uuid:job_id>/cancel", operations.cancel),
        _route("POST", f"/{service}/jobs/<uuid:job_id>/retry", operations.retry),
        _route("GET", f"/{service}/jobs/<uuid:job_id>/file", operations.read_file, download=True),
    )
)
