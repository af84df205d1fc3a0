"""Notices: what one was told, how one is told outside of the portal, and what was sent there."""

from __future__ import annotations

from functools import partial

from gateway.http.routes import Route
from gateway.notices.answers import answer
from services.chassis.schema import Operation
from services.contracts.gateway import deliveries, notice_settings, notices

_FEW = "10/hour"
"""Codes and tries of one account: each code is an e-mail to an address that somebody typed."""


def _route(method: str, path: str, operation: Operation, status: int = 200, limit: str | None = None) -> Route:
    return Route(method, path, operation, status, answer=partial(answer, operation), limit=limit)


ROUTES = (
    _route("GET", "/me/notices", notices.list_notices),
    _route("GET", "/me/notices/unread", notices.count_unread),
    _route("POST", "/me/notices/read", notices.read_all_notices),
    _route("POST", "/me/notices/<uuid:notice_id>/read", notices.read_notice),
    _route("GET", "/me/notice-settings", notice_settings.get_notice_settings),
    _route("PUT", "/me/notice-settings", notice_settings.change_notice_settings),
    _route("PUT", "/me/notice-settings/email", notice_settings.set_email, limit=_FEW),
    _route("POST", "/me/notice-settings/email/confirm", notice_settings.confirm_email, limit="30/hour"),
    _route("DELETE", "/me/notice-settings/email", notice_settings.remove_email),
    _route("POST", "/unsubscribe/<token>", notice_settings.unsubscribe),
    _route("GET", "/notices/deliveries", deliveries.list_deliveries),
    _route("POST", "/notices/deliveries/<uuid:delivery_id>/retry", deliveries.retry_delivery),
)
