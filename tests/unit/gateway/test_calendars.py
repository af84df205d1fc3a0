"""Calendars for calendar programs, read back by another parser; their secret addresses; the month view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import vobject
from flask import Flask
from flask.testing import FlaskClient

from gateway.http import rate_limits
from gateway.identity.tables import Account
from gateway.read_models.tables import ActivityView, RegistrationView, TodoView, UnitView
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import UNIT, Person
from tests.unit.gateway.test_toy_subject import browser

SOON = clock.now().replace(microsecond=0) + timedelta(days=3)
ADDRESSES = "/api/v1/me/calendar-addresses"


@pytest.fixture
def app(app_with_portal: Flask, database: Database) -> Flask:
    with transaction(database) as tx:
        tx.session.add(UnitView(unit_id=UNIT, code="07", name="外国语学院分工会", kind="unit", active=True, sequence=1))
    return app_with_portal


def add(database: Database, **values: Any) -> UUID:
    """Store an activity as its view shows it, and return its id."""
    starts_at = values.pop("starts_at", SOON)
    times = {"starts_at": starts_at, "ends_at": values.pop("ends_at", starts_at + timedelta(hours=2))}
    about = {"title": "太极拳，第1期；初级", "place": "风雨操场", "summary": "自带软底鞋。\n勿迟到", "version": 1}
    activity = ActivityView(activity_id=uuid7(), **{**about, "facts_sequence": 4, "audience": {}, **times, **values})
    with transaction(database) as tx:
        tx.session.add(activity)
        tx.session.flush()
        return activity.activity_id


def register(database: Database, person: Person, activity_id: UUID, state: str, sequence: int = 9) -> None:
    with transaction(database) as tx:
        tx.session.add(
            RegistrationView(
                member_id=person.member_id, activity_id=activity_id, registration_id=uuid7(), state=state,
                at=tx.now, sequence=sequence,
            )
        )  # fmt: skip


def opened(http: FlaskClient, person: Person) -> dict[str, str]:
    """Open a person's calendars; return their paths by name."""
    answer = http.post(ADDRESSES, json={}, headers=person.headers)
    assert answer.status_code == 200, answer.text
    return {item["calendar"]: "/" + item["address"].split("/", 3)[3] for item in answer.get_json()["items"]}


def read(http: FlaskClient, path: str) -> dict[str, Any]:
    """Read a calendar with another parser; return its events by title."""
    answer = http.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n")), "folded, ended by CRLF"
    calendar = vobject.readOne(answer.text)
    assert calendar.vtimezone.tzid.value == "Asia/Shanghai"
    return {event.summary.value: event for event in getattr(calendar, "vevent_list", [])}


def test_the_own_calendar_has_registrations_waiting_places_and_invitations(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    member, other = sign_in("member"), sign_in("member")
    seat, waits, left, invited, foreign = (add(database, title=f"活动{name}") for name in "甲乙丙丁戊")
    register(database, member, seat, "confirmed")
    register(database, member, waits, "waitlisted")
    register(database, member, left, "cancelled")
    register(database, other, foreign, "confirmed")
    with transaction(database) as tx:
        tx.session.add(
            TodoView(
                key="i", id=uuid7(), kind="invitation", subject_id=invited, member_id=member.member_id, sort_at=tx.now,
                params={}, sequence=1,
            )
        )  # fmt: skip
    events = read(http, opened(http, member)["own"])
    states = {title: event.status.value for title, event in events.items()}
    assert states == {
        "活动甲": "CONFIRMED",
        "【候补】活动乙": "TENTATIVE",
        "活动丙": "CANCELLED",
        "【待回复邀请】活动丁": "TENTATIVE",
    }
    assert events["活动甲"].sequence.value == "9"
    assert events["活动甲"].uid.value == f"activity-{seat}@gonghui"
    assert str(member.member_id) not in http.get(opened(http, member)["own"]).text


def test_an_event_says_when_and_where(http: FlaskClient, database: Database, sign_in: Callable[..., Person]) -> None:
    add(database, starts_at=datetime(2090, 7, 1, 6, 0, tzinfo=UTC))
    path = opened(http, sign_in("member"))["union"]
    (event,) = read(http, path).values()
    assert event.summary.value == "太极拳，第1期；初级"
    assert event.dtstart.value.isoformat() == "2090-07-01T14:00:00+08:00"
    assert event.dtend.value.isoformat() == "2090-07-01T16:00:00+08:00"
    assert "DTSTART;TZID=Asia/Shanghai:20900701T140000" in http.get(path).text
    assert event.location.value == "风雨操场"
    assert event.description.value == "自带软底鞋。\n勿迟到"
    assert event.url.value.startswith("http://localhost/activities/")


def test_a_change_raises_the_sequence_and_a_cancellation_stays_for_a_time(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    activity_id = add(database)
    path = opened(http, sign_in("member"))["union"]
    (before,) = read(http, path).values()
    with transaction(database) as tx:
        change = sa.update(ActivityView).where(ActivityView.activity_id == activity_id)
        tx.session.execute(change.values(state="cancelled", state_sequence=12))
    (after,) = read(http, path).values()
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    with clock.frozen(SOON + timedelta(days=70)):
        assert read(http, path) == {}


def test_units_and_the_union_have_calendars_of_their_own_and_sessions_are_single_events(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    add(database, title="本分会", organiser_unit_id=UNIT)
    add(database, title="别的分会", organiser_unit_id=uuid7())
    weeks = [SOON + timedelta(weeks=week) for week in range(3)]
    sessions = [
        {"title": None, "place": None, "starts_at": day.isoformat(), "ends_at": (day + timedelta(hours=1)).isoformat()}
        for day in weeks
    ]
    sessions[2] |= {"title": "结业", "place": "礼堂"}
    add(database, title="合唱", sessions=sessions, ends_at=weeks[-1] + timedelta(hours=1))
    paths = opened(http, sign_in("member", unit=UNIT))
    assert set(read(http, paths["unit"])) == {"本分会"}
    assert set(read(http, paths["union"])) == {"合唱", "合唱 · 结业"}
    events = vobject.readOne(http.get(paths["union"]).text).vevent_list
    assert [event.dtstart.value for event in events] == weeks
    assert len({event.uid.value for event in events}) == 3
    assert events[2].location.value == "礼堂"


def test_an_address_is_replaced_closed_and_ends_with_the_account(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    member = sign_in("member")
    assert http.get(ADDRESSES, headers=member.headers).get_json() == {"items": []}
    first = opened(http, member)["own"]
    assert opened(http, sign_in("member"))["own"] != first
    second = opened(http, member)["own"]
    assert (http.get(first).status_code, http.get(second).status_code) == (410, 200)
    shown = http.get(ADDRESSES, headers=member.headers).get_json()["items"]
    assert [item["calendar"] for item in shown] == ["own", "unit", "union"]
    assert shown[0]["address"].endswith(second)
    with transaction(database) as tx:
        tx.session.execute(sa.update(Account).where(Account.id == member.account_id).values(disabled_at=tx.now))
    assert http.get(second).status_code == 410
    with transaction(database) as tx:
        tx.session.execute(sa.update(Account).where(Account.id == member.account_id).values(disabled_at=None))
    assert http.delete(ADDRESSES, headers=member.headers).status_code == 204
    assert http.get(second).status_code == 410
    third = opened(http, member)["own"]
    assert third not in (first, second)
    assert http.get(third).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 52, "太极", "A" * 5000, "..%2f..%2fetc"])
def test_an_address_that_was_made_up_is_not_found(http: FlaskClient, token: str) -> None:
    assert http.get(f"/calendar/feeds/{token}.ics").status_code == 404


def test_a_changed_letter_opens_nothing(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    path = opened(http, sign_in("member"))["own"]
    for place in (20, 40, len(path) - 6):
        changed = path[:place] + ("A" if path[place] != "A" else "B") + path[place + 1 :]
        assert http.get(changed).status_code == 404


def test_an_applicant_has_the_calendar_of_the_union(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    assert list(opened(http, sign_in(member=False))) == ["union"]


def test_a_program_that_has_the_calendar_is_told_so(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database)
    path = opened(http, sign_in("member"))["union"]
    first = http.get(path)
    assert first.headers["Cache-Control"] == "private, max-age=300"
    assert "Set-Cookie" not in first.headers
    again = http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    add(database)
    assert http.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    rate_limits.forget_counts()
    statuses = [http.get(path).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]


def test_one_activity_is_added_to_a_calendar(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    activity_id = add(database)
    assert http.get(f"/activities/{activity_id}/calendar.ics").status_code == 303
    pages = browser(http, sign_in("member"))
    answer = pages.get(f"/activities/{activity_id}/calendar.ics")
    assert answer.headers["Content-Disposition"].endswith('.ics"')
    assert vobject.readOne(answer.text).vevent.uid.value == f"activity-{activity_id}@gonghui"
    assert pages.get(f"/activities/{uuid7()}/calendar.ics").status_code == 404


def test_the_page_opens_and_shows_the_addresses(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    member = sign_in("member")
    pages = browser(http, member)
    assert "开通订阅" in pages.get("/me/calendar").text
    path = opened(http, member)["own"]
    page = pages.get("/me/calendar").text
    assert path in page
    assert "webcal://localhost/calendar/feeds/" in page


def test_the_month_shows_days_off_and_lunar_days_and_says_what_is_not_known(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    pages = browser(http, sign_in("member"))
    february = pages.get("/calendar?year=2026&month=2").text
    assert "调休上班 春节" in february
    assert "放假 春节" in february
    assert "正月" in february
    assert "尚未收录" not in february
    later = pages.get("/calendar?year=2090&month=2").text
    assert "尚未收录 2090 年的放假安排" in later
    assert "放假 春节" not in later
    assert pages.get("/calendar?year=2100&month=12").status_code == 200
