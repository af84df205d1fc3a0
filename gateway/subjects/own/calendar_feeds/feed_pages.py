"""Calendars as files: by a secret address without session, and one activity for who is signed in."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import Response, current_app
from flask_babel import force_locale, gettext

from gateway.http.etags import etag_of, is_fresh
from gateway.http.rate_limits import require_below
from gateway.identity import calendar_addresses
from gateway.identity.calendar_addresses import Subscriber
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.runtime import gateway
from gateway.subjects.own.calendar_feeds import feeds
from gateway.subjects.own.calendar_feeds.ical import MEDIA_TYPE, written
from services.chassis.errors import NotFound

PAGES = PageTable()

OF_ADDRESS, OF_NETWORK = "60/minute", "6000/minute"
"""Readings of one calendar, and of all calendars from one network: a campus may have a single address."""
_FIVE_MINUTES = 300


@PAGES.get("/calendar/feeds/<token>.ics")
def calendar_feed(token: str) -> Response:
    """Hand out the calendar of a secret address; one that was replaced is gone."""
    require_below(OF_NETWORK, "calendars")
    require_below(OF_ADDRESS, f"calendar {hashlib.sha256(token.encode()).hexdigest()[:16]}")
    with gateway().transaction(readonly=True) as tx:
        subscriber = calendar_addresses.subscriber_of(tx, token)
    if subscriber is None:
        return Response("This address was replaced or closed by its owner.\n", 410, mimetype="text/plain")
    with force_locale(subscriber.language or "zh"):
        return _handed_out(_calendar_of(subscriber))


@PAGES.get("/activities/<uuid:activity_id>/calendar.ics")
@only()
def activity_calendar(activity_id: UUID) -> Response:
    """Hand out one activity, to be added to a calendar."""
    entries = feeds.of_activity(activity_id)
    if not entries:
        raise NotFound("There is no such activity.")
    response = _handed_out(written(entries[0].activity["title"], entries))
    response.headers["Content-Disposition"] = f'attachment; filename="activity-{activity_id}.ics"'
    return response


def _calendar_of(subscriber: Subscriber) -> bytes:
    if subscriber.calendar == "own":
        entries = feeds.of_member(subscriber.member_id) if subscriber.member_id else []
        return written(gettext("工会 · 我的活动和会议"), entries)
    if subscriber.calendar == "unit":
        entries = feeds.of_organiser(subscriber.unit_id) if subscriber.unit_id else []
        return written(unit_name(str(subscriber.unit_id) if subscriber.unit_id else None), entries)
    return written(gettext("工会 · 校工会活动"), feeds.of_organiser(None))


def _handed_out(body: bytes) -> Response:
    """Return a calendar, or that the one at hand still stands.

    There is no Last-Modified: entries leave a calendar by time alone, which no stored moment tells.
    """
    response: Response = current_app.response_class(body, content_type=MEDIA_TYPE)
    response.headers["ETag"] = etag_of(body, None)
    response.headers["Cache-Control"] = f"private, max-age={_FIVE_MINUTES}"
    if is_fresh(response.headers["ETag"]):
        response.status_code = 304
        response.set_data(b"")
    return response
