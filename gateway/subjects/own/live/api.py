"""The stream of server-sent events."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from gateway.http.routes import Route
from gateway.live.stream import response
from services.contracts.gateway.live import jobs_wanted, open_stream


def _open(payload: dict[str, Any]) -> Response:
    last_event_id = request.headers.get("Last-Event-ID") or payload.get("last_event_id")
    return response(last_event_id, jobs_wanted(payload.get("jobs")))


ROUTES = (Route("GET", "/me/stream", open_stream, answer=_open, limit="60/minute", stream=True),)
