"""Announcements told part by part and taken back, robots of group chats, stops; over HTTP as officers use them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import eventlet
import eventlet.wsgi
import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.identity.tables import KnownMember
from gateway.notices import announcements, delivery, robots
from gateway.notices.tables import Notice, NoticeDelivery, NoticeRobot
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import schedule
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, Person

SignIn = Callable[..., Person]
TEXT = {
    "title": "春节放假安排",
    "text": "除夕至初七放假。",
    "title_en": "Spring Festival",
    "text_en": "Closed for a week.",
}
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f1e2d3c"


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> Callable[..., Any]:
    """Ask as an officer."""
    return asking(app, sign_in("officer"))


def asking(app: Flask, person: Person) -> Callable[..., Any]:
    http = app.test_client()

    def ask(method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        headers = {**person.headers, **({"Idempotency-Key": key} if key else {})}
        return http.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return ask


def people(database: Database, count: int, **facts: Any) -> list[Any]:
    """Members the gateway knows of."""
    ids = [uuid7() for _ in range(count)]
    facts = {"unit_id": UNIT, "standing": "active", "sequence": 1, **facts}
    with database.session() as session:
        session.execute(sa.insert(KnownMember), [{"member_id": one, **facts} for one in ids])
    return ids


def told(database: Database) -> set[Any]:
    with database.session() as session:
        return set(session.scalars(sa.select(Notice.recipient_id).where(Notice.kind == "announcement")))


@pytest.mark.databases("postgresql", "sqlite")
def test_an_announcement_reaches_its_audience_in_parts_and_nobody_twice(
    app: Flask, database: Database, officer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "PART", 4)
    mine = people(database, 9)
    people(database, 2, standing="left")
    people(database, 2, standing="retained")
    people(database, 2, unit_id=OTHER_UNIT)
    audience = {"units": [str(UNIT)], "standings": ["active"]}
    body = {**TEXT, "audience": audience}
    with database.session() as session:
        actor = session.scalars(sa.select(KnownMember.member_id).where(KnownMember.member_id.not_in(mine))).all()
    assert officer("POST", "/announcements/count", {"audience": audience}).json["members"] >= 9
    made = officer("POST", "/announcements", body, key="one")
    assert (made.status_code, made.json["state"]) == (201, "planned")
    assert officer("POST", "/announcements", body, key="one").json["id"] == made.json["id"]
    assert announcements.tell_some(database)
    half = officer("GET", f"/announcements/{made.json['id']}").json
    assert (half["state"], half["done"]) == ("sending", 4)
    while announcements.tell_some(database):
        pass
    done = officer("GET", f"/announcements/{made.json['id']}").json
    assert (done["state"], done["done"]) == ("sent", done["total"])
    assert set(mine) <= told(database)
    assert done["total"] == len(told(database))
    assert not told(database) & {one for one in actor if one not in mine} - told(database)


def test_what_is_planned_waits_and_what_is_taken_back_is_told_to_nobody_more(
    app: Flask, database: Database, officer: Callable[..., Any], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "PART", 1)
    reader = sign_in("member")
    people(database, 3)
    later = (clock.now() + timedelta(days=1)).isoformat()
    planned = officer("POST", "/announcements", {**TEXT, "send_at": later}).json
    assert not announcements.tell_some(database)
    assert officer("POST", f"/announcements/{planned['id']}/take-back").json["state"] == "taken_back"
    again = officer("POST", f"/announcements/{planned['id']}/take-back")
    assert (again.status_code, again.json["rule"]) == (409, "notices.announcement_stands")
    now = officer("POST", "/announcements", TEXT).json
    announcements.tell_some(database)
    officer("POST", f"/announcements/{now['id']}/take-back")
    assert not announcements.tell_some(database)
    assert len(told(database)) == 1
    read = asking(app, reader)
    with database.session() as session:
        session.execute(sa.update(Notice).values(recipient_id=reader.member_id))
    shown = read("GET", f"/announcements/{now['id']}/text").json
    assert (shown["taken_back"], shown["text"], shown["title"]) == (True, "", TEXT["title"])
    assert read("GET", f"/announcements/{planned['id']}/text").status_code == 404
    assert read("GET", f"/announcements/{now['id']}").status_code == 403


def test_a_time_that_is_past_and_an_empty_audience_are_refused(officer: Callable[..., Any]) -> None:
    past = officer("POST", "/announcements", {**TEXT, "send_at": "2020-01-01T00:00:00Z"})
    assert past.json["rule"] == "notices.time_is_ahead"
    nobody = officer("POST", "/announcements", {**TEXT, "audience": {"units": [str(uuid7())]}})
    assert (nobody.status_code, nobody.json["rule"]) == (409, "notices.audience_is_not_empty")


def test_two_replicas_tell_each_recipient_once(
    app: Flask, database: Database, officer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "PART", 7)
    people(database, 60)
    made = officer("POST", "/announcements", TEXT).json

    def replica() -> None:
        for _ in range(40):
            announcements.tell_some(database)
            eventlet.sleep(0)

    for thread in [eventlet.spawn(replica) for _ in range(3)]:
        thread.wait()
    found = officer("GET", f"/announcements/{made['id']}").json
    assert (found["state"], found["done"]) == ("sent", len(told(database)))


class Chat:
    """A robot's service that writes down what is posted and answers as it is told."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.answer: Any = {"errcode": 0}
        self.listening = eventlet.listen(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.serving = eventlet.spawn(eventlet.wsgi.server, self.listening, self._answer, log_output=False)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.posted.append((f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}", json.loads(body)))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()]


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    found = Chat()
    monkeypatch.setenv("GONGHUI_ROBOT_BASE_URL", found.url)
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", "https://union.example.edu.cn")
    settings_module.reset()
    yield found
    found.serving.kill()


def deliveries(database: Database) -> list[NoticeDelivery]:
    with database.session() as session:
        return list(session.scalars(sa.select(NoticeDelivery).order_by(NoticeDelivery.id)))


@pytest.mark.databases("postgresql", "sqlite")
def test_group_chats_are_told_of_activities_and_announcements(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat, gateway: GatewayHarness
) -> None:
    robot = {"name": "校工会群", "service": "wecom", "address": ADDRESS}
    made = officer("POST", "/notices/robots", robot)
    assert (made.status_code, made.json["address"]) == (201, "https://qyapi.weixin.qq.com/…2d3c")
    officer("POST", "/notices/robots", {**robot, "name": "另一分工会", "unit_id": str(OTHER_UNIT)})
    schedule(gateway)
    people(database, 1)
    officer("POST", "/announcements", TEXT)
    while announcements.tell_some(database):
        pass
    while delivery.is_due(database, robots.SERVICES):
        delivery.deliver_posts(app, database, robots.post)
    paths = {path for path, _ in chat.posted}
    texts = sorted(body["text"]["content"] for _, body in chat.posted)
    assert paths == {"/cgi-bin/webhook/send?key=0f1e2d3c"}
    assert any("公告：春节放假安排" in text and "除夕至初七放假。" in text for text in texts)
    assert any("新的活动：" in text and "https://union.example.edu.cn/activities/" in text for text in texts)
    assert {row.state for row in deliveries(database)} == {"sent"}
    with database.session() as session:
        stored = session.execute(sa.text("SELECT address FROM notice_robot")).scalars().all()
    assert all("0f1e2d3c" not in one for one in stored)


def test_what_is_not_for_all_is_posted_to_no_chat_of_all(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat
) -> None:
    robot = {"service": "wecom", "address": ADDRESS}
    for name, unit in (("校工会群", None), ("分工会群", str(UNIT)), ("另一分工会群", str(OTHER_UNIT))):
        officer("POST", "/notices/robots", {**robot, "name": name, "unit_id": unit})
    people(database, 1)
    people(database, 1, standing="retained")
    both = ["active", "retained"]
    for audience in ({"units": [str(UNIT)], "standings": both}, {"standings": ["retained"]}, {"standings": both}):
        officer("POST", "/announcements", {**TEXT, "audience": audience})
        while announcements.tell_some(database):
            pass
    with database.session() as session:
        named = sa.select(NoticeRobot.name).join(NoticeDelivery, NoticeDelivery.recipient_id == NoticeRobot.id)
        told = session.scalars(named.order_by(NoticeDelivery.id)).all()
    assert told == ["分工会群", "校工会群"]


def test_a_long_text_is_shortened_to_what_a_chat_takes(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat
) -> None:
    officer("POST", "/notices/robots", {"name": "校工会群", "service": "wecom", "address": ADDRESS})
    people(database, 1)
    officer("POST", "/announcements", {**TEXT, "text": "除夕至初七放假。" * 400})
    announcements.tell_some(database)
    delivery.deliver_posts(app, database, robots.post)
    ((_, body),) = chat.posted
    text = body["text"]["content"]
    assert 2000 < len(text.encode()) <= 2048
    assert "…\nhttps://union.example.edu.cn/announcements/" in text


@pytest.mark.parametrize("state", ["sending", "failed"])
def test_what_was_in_hand_when_it_was_taken_back_is_not_sent_later(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat, state: str
) -> None:
    officer("POST", "/notices/robots", {"name": "校工会群", "service": "wecom", "address": ADDRESS})
    people(database, 1)
    made = officer("POST", "/announcements", TEXT).json
    announcements.tell_some(database)
    with database.session() as session:
        session.execute(sa.update(NoticeDelivery).values(state=state, next_at=clock.now()))
    officer("POST", f"/announcements/{made['id']}/take-back")
    (row,) = deliveries(database)
    if state == "failed":
        assert officer("POST", f"/notices/deliveries/{row.id}/retry").status_code == 200
    delivery.deliver_posts(app, database, robots.post)
    (row,) = deliveries(database)
    assert (row.state, row.reason, chat.posted) == ("taken_back", "taken_back", [])


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, "failed", "robot_refused"),
        ({"errcode": 45009}, "queued", "robot_refused"),
        (b"<html>", "queued", "answer_invalid"),
        ({"nothing": 1}, "queued", "answer_invalid"),
    ],
)
def test_what_a_robot_answers_is_a_reason(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat, gateway: GatewayHarness,
    answer: Any, state: str, reason: str,
) -> None:  # fmt: skip
    officer("POST", "/notices/robots", {"name": "校工会群", "service": "wecom", "address": ADDRESS})
    chat.answer = answer
    schedule(gateway)
    delivery.deliver_posts(app, database, robots.post)
    (row,) = deliveries(database)
    assert (row.state, row.reason) == (state, reason)


def test_a_robot_that_was_ended_is_told_nothing_and_its_address_is_gone(
    app: Flask, database: Database, officer: Callable[..., Any], chat: Chat, gateway: GatewayHarness
) -> None:
    made = officer("POST", "/notices/robots", {"name": "校工会群", "service": "wecom", "address": ADDRESS}).json
    schedule(gateway)
    assert officer("DELETE", f"/notices/robots/{made['id']}").status_code == 204
    schedule(gateway)
    delivery.deliver_posts(app, database, robots.post)
    assert [(row.state, row.reason) for row in deliveries(database)] == [("withheld", "robot_ended")]
    with database.session() as session:
        assert session.scalars(sa.select(NoticeRobot.address)).all() == [""]
    assert chat.posted == []


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "https://example.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.example.com/x?key=1", "https://oapi.dingtalk.com/robot/send?access_token=1",
        "https://qyapi.weixin.qq.com:8443/x?key=1", "https://me@qyapi.weixin.qq.com/x?key=1",
    ],
)  # fmt: skip
def test_only_addresses_of_the_service_are_taken(officer: Callable[..., Any], address: str) -> None:
    refused = officer("POST", "/notices/robots", {"name": "校工会群", "service": "wecom", "address": address})
    assert (refused.status_code, refused.json["rule"]) == (422, "notices.robot_address_is_known")


def test_a_member_or_a_kind_is_stopped_once_with_a_reason(
    database: Database, officer: Callable[..., Any], app: Flask, sign_in: SignIn
) -> None:
    (member,) = people(database, 1, number="M0007")
    stop = {"member_number": "m0007", "reason": "邮箱已停用"}
    made = officer("POST", "/notices/stops", stop)
    assert (made.status_code, made.json["member_id"]) == (201, str(member))
    assert officer("POST", "/notices/stops", stop).json["rule"] == "notices.is_not_stopped"
    assert officer("POST", "/notices/stops", {**stop, "member_number": "M9"}).json["rule"] == "notices.member_is_known"
    both = officer("POST", "/notices/stops", {**stop, "kind": "dues_reminded"})
    assert both.json["errors"]["member_number"]
    assert officer("POST", f"/notices/stops/{made.json['id']}/end").json["ended_at"]
    assert officer("POST", "/notices/stops", stop).status_code == 201
    assert len(officer("GET", "/notices/stops").json["items"]) == 2
    chair = asking(app, sign_in("chair"))
    assert chair("POST", "/notices/stops", stop).status_code == 403
    assert chair("GET", "/notices/deliveries").status_code == 403
