"""Notices: what one was told, how one is told outside of the portal, and what was sent there."""

from __future__ import annotations

from gateway.http.routes import answered_by
from gateway.notices.answers import answer
from services.contracts.gateway import announcements as office
from services.contracts.gateway import deliveries, notice_settings, notices

_ANNOUNCEMENT = "/announcements/<uuid:announcement_id>"
_FEW = "10/hour"
"""Codes and tries of one account: each code is an e-mail to an address that somebody typed."""


_route = answered_by(answer)

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
    _route("GET", "/announcements", office.list_announcements),
    _route("POST", "/announcements", office.create_announcement, 201),
    _route("POST", "/announcements/count", office.count_audience),
    _route("GET", _ANNOUNCEMENT, office.get_announcement),
    _route("GET", f"{_ANNOUNCEMENT}/text", office.read_announcement),
    _route("POST", f"{_ANNOUNCEMENT}/take-back", office.take_back_announcement),
    _route("GET", "/notices/robots", office.list_robots),
    _route("POST", "/notices/robots", office.create_robot, 201),
    _route("DELETE", "/notices/robots/<uuid:robot_id>", office.end_robot, 204),
    _route("GET", "/notices/stops", office.list_stops),
    _route("POST", "/notices/stops", office.create_stop, 201),
    _route("POST", "/notices/stops/<uuid:stop_id>/end", office.end_stop),
    _route("GET", "/notices/deliveries", deliveries.list_deliveries),
    _route("POST", "/notices/deliveries/<uuid:delivery_id>/retry", deliveries.retry_delivery),
)
