"""What the feeds of calendars hold: a member's own activities and meetings, those of the unit, those of the union.

Belongs here: which activities, in which state. Not: addresses (`addresses`), the format (`ical`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import request, url_for
from flask_babel import lazy_gettext as _l

from gateway.portal.formats import is_english, title_of
from gateway.read_models import gatherings
from gateway.read_models.activities import resource_of
from gateway.read_models.tables import ActivityView, GatheringView, RegistrationView, TodoView
from gateway.runtime import gateway
from gateway.subjects.own.calendar_feeds.ical import Entry
from services.chassis import clock
from services.chassis.process.settings import settings

KEPT = timedelta(days=60)
"""How long past activities, and cancelled ones, stay in a feed: programs that ask seldom learn of a cancellation."""
_MOST = 500
_STATES = {"confirmed": "CONFIRMED", "offered": "TENTATIVE", "waitlisted": "TENTATIVE", "cancelled": "CANCELLED"}
_NOTES = {"confirmed": "", "offered": _l("待确认"), "waitlisted": _l("候补"), "cancelled": ""}
_INVITED = _l("待回复邀请")
_SINCE_EVER = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def of_member(member_id: UUID) -> list[Entry]:
    """Return a member's registrations, those cancelled lately too, and the invitations without answer."""
    since = clock.now() - KEPT
    own = sa.and_(RegistrationView.activity_id == ActivityView.activity_id, RegistrationView.member_id == member_id)
    stands = sa.or_(RegistrationView.state != "cancelled", RegistrationView.at >= since)
    registered = _lately(since).add_columns(RegistrationView).join(RegistrationView, own).where(stands)
    invited = _lately(since).join(TodoView, TodoView.subject_id == ActivityView.activity_id)
    waiting = TodoView.kind == "invitation", TodoView.member_id == member_id, TodoView.done.is_(False)
    with gateway().database.session(readonly=True) as session:
        found = [_registered(activity, registration) for activity, registration in session.execute(registered)]
        asked = [_entry(activity, "TENTATIVE", str(_INVITED)) for activity in session.scalars(invited.where(*waiting))]
    known = {entry.activity["id"] for entry in found}
    called = [_gathering(one) for one in gatherings.of_member(member_id, since)]
    return [*found, *(entry for entry in asked if entry.activity["id"] not in known), *called]


def of_organiser(unit_id: UUID | None) -> list[Entry]:
    """Return the activities that a unit, or without unit the union itself, announced."""
    statement = _lately(clock.now() - KEPT).where(ActivityView.organiser_unit_id.is_not_distinct_from(unit_id))
    with gateway().database.session(readonly=True) as session:
        return [_entry(activity) for activity in session.scalars(statement)]


def of_activity(activity_id: UUID) -> list[Entry]:
    """Return one announced activity; none when there is no such."""
    announced = ActivityView.activity_id == activity_id, ActivityView.title.is_not(None)
    with gateway().database.session(readonly=True) as session:
        return [_entry(activity) for activity in session.scalars(sa.select(ActivityView).where(*announced))]


def page_address(path: str) -> str:
    """Return the whole address of a page."""
    return f"{settings().public_url or request.host_url.rstrip('/')}{path}"


def _gathering(one: GatheringView) -> Entry:
    is_session = one.kind == gatherings.SESSION
    path = url_for("portal.own_session", session_id=one.gathering_id) if is_session else url_for(
        "portal.meeting", meeting_id=one.gathering_id
    )  # fmt: skip
    shown = {
        "id": one.gathering_id, "title": gatherings.title_of(one), "summary": None, "place": None, "sessions": [],
        "starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat(), "all_day": is_session,
    }  # fmt: skip
    state = "CANCELLED" if one.state == "cancelled" else "CONFIRMED"
    return Entry(shown, gatherings.sequence_of(one), state, "", page_address(path), one.at, one.kind)


def _lately(since: datetime) -> sa.Select[Any]:
    """Select announced activities that have not ended long ago, the next first."""
    lately = ActivityView.title.is_not(None), ActivityView.ends_at >= since
    return (
        sa.select(ActivityView).where(*lately).order_by(ActivityView.starts_at, ActivityView.activity_id).limit(_MOST)
    )


def _registered(activity: ActivityView, registration: RegistrationView) -> Entry:
    return _entry(
        activity,
        _STATES[registration.state],
        str(_NOTES[registration.state]),
        (registration.sequence, registration.at),
    )


def _entry(
    activity: ActivityView, state: str = "CONFIRMED", note: str = "", change: tuple[int, datetime] = (0, _SINCE_EVER)
) -> Entry:
    """Return an entry; its sequence rises: an activity and its registrations number their changes in one order."""
    sequence, at = change
    if activity.state == "cancelled":
        state, note = "CANCELLED", ""
    shown = resource_of(activity)
    shown |= {"title": title_of(shown), "summary": (shown["summary_en"] if is_english() else None) or shown["summary"]}
    return Entry(
        shown,
        max(activity.facts_sequence, activity.state_sequence, sequence),
        state,
        note,
        page_address(f"/activities/{activity.activity_id}"),
        max(activity.scheduled_at or _SINCE_EVER, at),
    )
