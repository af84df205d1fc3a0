"""What the front page shows to everybody: the next activities, news, announcements, and figures of the year.

Only what is for all members, and of announcements only title and day: what is for a part of them is nobody else's
business. Figures below `FEWEST` are left out, because few visits could be told apart.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.notices.tables import Announcement
from gateway.read_models.activities import resource_of
from gateway.read_models.tables import ActivityView
from gateway.rpc.caching import MicroCache
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.rpc.deadlines import names_seconds
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.errors import Problem
from services.chassis.rpc.context import CallContext
from services.contracts.activities.articles.operations import list_news
from services.contracts.welfare.visits.operations import visit_figures

FEWEST = 5
MOST = 3
"""Activities, articles and announcements that are shown."""
_LOOKED_AT = 30
"""Rows among which those for all members are looked for."""
_ANNOUNCED_SINCE = timedelta(days=120)

_pages: MicroCache[str, dict[str, Any]] = MicroCache(seconds=60)
_visits: MicroCache[str, dict[str, int]] = MicroCache(seconds=600)


def shown() -> dict[str, Any]:
    """Return `next_activities`, `news`, `announcements` and `figures`; the same for every reader within a minute."""
    return _pages.get("front", _load)


def _load() -> dict[str, Any]:
    today = clock.today()
    with gateway().database.session(readonly=True) as session:
        found: dict[str, Any] = {
            "next_activities": _next_activities(session, clock.now()),
            "announcements": _announcements(session, clock.now()),
            "figures": _figures(session, date(today.year, 1, 1)),
        }
    found["figures"] |= _visits_made()
    found["news"] = _latest_news()
    found["figures"] = {name: count for name, count in found["figures"].items() if count >= FEWEST}
    return found


def _next_activities(session: Any, now: datetime) -> list[dict[str, Any]]:
    coming = sa.select(ActivityView).where(
        ActivityView.title.is_not(None), ActivityView.state == "scheduled", ActivityView.ends_at >= now
    )
    rows = session.scalars(coming.order_by(ActivityView.starts_at).limit(_LOOKED_AT))
    return [_told_to_all(row) for row in rows if _is_for_all(row)][:MOST]


def shared_activity(activity_id: UUID) -> dict[str, Any] | None:
    """Return what everybody may know of an activity whose address was shared; None when it is not for all members."""
    with gateway().database.session(readonly=True) as session:
        row = session.get(ActivityView, activity_id)
        if row is None or row.title is None or row.state not in ("scheduled", "held") or not _is_for_all(row):
            return None
        return _told_to_all(row)


def _is_for_all(row: ActivityView) -> bool:
    return not any((row.audience or {}).values())


def _told_to_all(row: ActivityView) -> dict[str, Any]:
    found = resource_of(row)
    return {name: found[name] for name in ("id", "kind", "title", "title_en", "starts_at", "ends_at")}


def _announcements(session: Any, now: datetime) -> list[dict[str, Any]]:
    columns = (Announcement.id, Announcement.title, Announcement.title_en, Announcement.send_at, Announcement.audience)
    sent = sa.select(*columns).where(Announcement.state == "sent", Announcement.send_at >= now - _ANNOUNCED_SINCE)
    rows = session.execute(sent.order_by(Announcement.send_at.desc()).limit(_LOOKED_AT))
    return [
        {"id": str(row.id), "title": row.title, "title_en": row.title_en, "sent_at": row.send_at.isoformat()}
        for row in rows
        if not any((row.audience or {}).values())
    ][:MOST]


def _figures(session: Any, since: date) -> dict[str, int]:
    members = sa.select(sa.func.count()).where(KnownMember.standing.in_(("active", "transferring")))
    held = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(ActivityView.attended), 0)).where(
        ActivityView.state == "held", ActivityView.starts_at >= clock.start_of(since)
    )
    activities, attended = session.execute(held).one()
    return {"members": session.scalar(members), "activities": activities, "attended": int(attended)}


def _visits_made() -> dict[str, int]:
    """Return how many visits were made this year; while welfare is away, or of an older release, none."""
    try:
        return _visits.get("visits", _ask)
    except Problem:
        _visits.put("visits", {})
        return {}


def _latest_news() -> list[dict[str, Any]]:
    """Return the articles for everybody that stand first; none while activities is away, or of an older release."""
    try:
        reply = gateway().client.call(list_news, {"limit": MOST}, CallContext(), names_seconds())
    except Problem:
        return []
    return list(reply["items"])


def _ask() -> dict[str, int]:
    reply = gateway().client.call(visit_figures, {}, CallContext(SYSTEM_PRINCIPAL), names_seconds())
    return {"visits": reply.get("made_this_year", 0)}
