"""Meetings and sessions of the congress in a member's calendars: called, moved, cancelled; nothing confidential."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.subjects.governance.congress import projections as congress
from gateway.subjects.governance.meetings import projections as meetings
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import Person
from tests.unit.gateway.test_calendars import opened, read
from tests.unit.gateway.test_toy_subject import browser

STARTS = clock.now().replace(microsecond=0) + timedelta(days=2)
MEETING, BODY, SESSION, CONGRESS = (uuid7() for _ in range(4))


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


def tell(database: Database, kind: str, number: int, member_ids: list[UUID], **changes: Any) -> None:
    """Let an event about the meeting arrive."""
    data = {
        "meeting_id": MEETING, "body_id": BODY, "unit_id": None, "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2), "member_ids": member_ids, **changes,
    }  # fmt: skip
    receive(database, meetings.on_meeting, kind, number, data)


def receive(database: Database, handler: Any, kind: str, number: int, data: dict[str, Any]) -> None:
    with transaction(database) as tx:
        handler(tx, ReceivedEvent(uuid7(), "governance", kind, tx.now, f"about/{MEETING}", number, {}, data))


def convene(database: Database, number: int, member_ids: list[UUID], **changes: Any) -> None:
    day = (STARTS + timedelta(days=20)).date()
    data = {
        "session_id": SESSION, "congress_id": CONGRESS, "term": 6, "number": 4, "opens_on": day,
        "closes_on": day + timedelta(days=1), "moved": False, "member_ids": member_ids, **changes,
    }  # fmt: skip
    receive(database, congress.on_convened, "delegates_convened", number, data)


def test_a_meeting_is_moved_and_cancelled_under_one_name(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    member, other = sign_in("member"), sign_in("member")
    assert member.member_id is not None
    tell(database, "meeting_convened", 3, [member.member_id])
    path = opened(http, member)["own"]
    (called,) = read(http, path).values()
    assert (called.status.value, called.uid.value) == ("CONFIRMED", f"meeting-{MEETING}@gonghui")
    assert called.dtstart.value == STARTS
    assert called.url.value.endswith(f"/meetings/{MEETING}")

    later = STARTS + timedelta(days=1)
    tell(database, "meeting_moved", 4, [member.member_id], starts_at=later, ends_at=later + timedelta(hours=1))
    tell(database, "meeting_convened", 3, [member.member_id])  # delivered late, changes nothing
    (moved,) = read(http, path).values()
    assert (moved.uid.value, moved.dtstart.value) == (called.uid.value, later)
    assert int(moved.sequence.value) > int(called.sequence.value)

    tell(database, "meeting_cancelled", 5, [member.member_id], starts_at=later)
    (cancelled,) = read(http, path).values()
    assert (cancelled.uid.value, cancelled.status.value) == (called.uid.value, "CANCELLED")
    assert int(cancelled.sequence.value) > int(moved.sequence.value)
    assert read(http, opened(http, other)["own"]) == {}


def test_the_feed_tells_a_kind_and_no_title(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    member = sign_in("member")
    assert member.member_id is not None
    tell(database, "meeting_convened", 1, [member.member_id])
    events = read(http, opened(http, member)["own"])
    (event,) = events.values()
    assert list(events) == ["工会会议"]
    assert not {"description", "location", "attendee", "organizer"} & set(event.contents)


def test_a_session_lasts_whole_days_and_leaves_with_the_seat(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    member = sign_in("member")
    assert member.member_id is not None
    convene(database, 2, [member.member_id])
    path = opened(http, member)["own"]
    events = read(http, path)
    session = events["第 6 届第 4 次代表大会"]
    assert (session.uid.value, session.status.value) == (f"session-{SESSION}@gonghui", "CONFIRMED")
    first = (STARTS + timedelta(days=20)).date()
    assert (session.dtstart.value, session.dtend.value) == (first, first + timedelta(days=2))

    ended = {"member_id": member.member_id, "congress_id": CONGRESS, "body": "staff_congress", "reason": "moved"}
    receive(database, congress.on_ended, "delegate_ended", 1, {**ended, "still_serves": True})
    (stays,) = read(http, path).values()
    assert stays.status.value == "CONFIRMED", "the delegate of the other body is still called"
    receive(database, congress.on_ended, "delegate_ended", 1, {**ended, "still_serves": False})
    (gone,) = read(http, path).values()
    assert (gone.uid.value, gone.status.value) == (session.uid.value, "CANCELLED")
    assert int(gone.sequence.value) > int(session.sequence.value)


def test_the_month_shows_who_is_called(app: Flask, database: Database, sign_in: Callable[..., Person]) -> None:
    member, other = sign_in("member"), sign_in("member")
    assert member.member_id is not None
    tell(database, "meeting_convened", 1, [member.member_id])
    day = clock.day_of(STARTS)
    address = f"/calendar?year={day.year}&month={day.month}"
    mine, theirs = (
        browser(app.test_client(), member).get(address).text,
        browser(app.test_client(), other).get(address).text,
    )
    assert f"/meetings/{MEETING}" in mine
    assert "工会会议" in mine
    assert f"/meetings/{MEETING}" not in theirs
    tell(database, "meeting_cancelled", 2, [member.member_id])
    assert f"/meetings/{MEETING}" not in browser(app.test_client(), member).get(address).text
