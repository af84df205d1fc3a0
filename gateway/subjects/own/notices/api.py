"""Notices: what one was told, read and unread."""

from __future__ import annotations

from functools import partial

from gateway.http.routes import Route
from gateway.notices.answers import answer
from services.chassis.schema import Operation
from services.contracts.gateway import notices


def _route(method: str, path: str, operation: Operation, status: int = 200) -> Route:
    return Route(method, path, operation, status, answer=partial(answer, operation))


ROUTES = (
    _route("GET", "/me/notices", notices.list_notices),
    _route("GET", "/me/notices/unread", notices.count_unread),
    _route("POST", "/me/notices/read", notices.read_all_notices),
    _route("POST", "/me/notices/<uuid:notice_id>/read", notices.read_notice),
)
