"""The kinds of problems: what stands behind the `type` of an error."""

from __future__ import annotations

from typing import Any

from gateway.http.problems import KIND_OF
from gateway.http.routes import Route
from services.chassis.errors import NotFound
from services.contracts.gateway.views import get_problem_kind


def _kind(payload: dict[str, Any]) -> dict[str, Any]:
    kind = KIND_OF.get(payload["slug"])
    if kind is None:
        raise NotFound("There is no such kind of problem.")
    return {"type": f"/api/v1/problems/{kind.slug}", "title": kind.title, "status": kind.status}


ROUTES = (Route("GET", "/problems/<slug>", get_problem_kind, answer=_kind),)
