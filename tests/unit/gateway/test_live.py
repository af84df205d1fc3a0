"""Server-sent events: who is told what, what a stream that comes back gets, and when a stream ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.look_ups import forget_look_ups
from gateway.identity.sessions import close_sessions_of
from gateway.identity.tables import Account, KnownMember
from gateway.live import hub, stream, telling
from gateway.live.hub import HUB, Message
from gateway.rpc import invalidations
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotFound
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from tests.unit.gateway.conftest import UNIT, FakeClient, Person
from tests.unit.gateway.live_reader import Reader, empty_hub

__all__ = ["empty_hub"]

ACTIVITY = "0190d5a0-0000-7000-8000-00000000a001"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What the other replicas are sent."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(invalidations, "tell", lambda word, items=(): sent.append((word, list(items))))
    return sent


def seats(left: int, sequence: int = 1) -> dict[str, Any]:
    return {
        "activity_id": UUID(ACTIVITY),
        "seats_taken": 10 - left,
        "seats_left": left,
        "waiting": 0,
        "figures_sequence": sequence,
    }


def test_nobody_reads_a_stream_without_signing_in(http: FlaskClient) -> None:
    assert http.get("/api/v1/me/stream").status_code == 401


def test_a_stream_is_not_cached_and_not_collected_by_proxies(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    answer = Reader(http, sign_in()).answer
    assert answer.mimetype == "text/event-stream"
    assert (answer.headers["Cache-Control"], answer.headers["X-Accel-Buffering"]) == ("no-store", "no")


def test_seats_are_told_to_all_the_latest_only(http: FlaskClient, sign_in: Callable[..., Person], told: Any) -> None:
    reader = Reader(http, sign_in())
    telling.tell_seats([seats(3, 2)])
    telling.tell_seats([seats(4, 1), seats(2, 3)])
    telling.flush_seats()
    topic, data, _ = reader.next()
    assert (topic, data["seats_left"], data["seats_taken"], data["activity_id"]) == ("seats", 2, 8, ACTIVITY)
    [(word, [item])] = told
    assert word == "live"
    assert item[4]["seats_left"] == 2


def test_a_slow_reader_gets_the_latest_of_what_changed_twice(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    reader = Reader(http, sign_in())
    for left in (5, 4):
        telling.tell_seats([seats(left, 10 - left)])
        telling.flush_seats()
    assert reader.next()[1]["seats_left"] == 4


def test_a_member_is_told_of_own_todos_and_nobody_elses(
    http: FlaskClient, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = sign_in(), sign_in()
    of_one, of_other = Reader(http, one), Reader(http, other)
    telling.tell_todos([{"member_id": one.member_id, "role": None}])
    assert of_one.next()[:2] == ("todos", {"count": 0})
    assert of_other.is_quiet(monkeypatch)


@pytest.mark.parametrize(("role", "unit", "hears"), [
    ("chair", UNIT, True), ("chair", uuid7(), False), ("officer", uuid7(), True), ("auditor", UNIT, False),
])  # fmt: skip
def test_todos_of_a_unit_are_told_to_its_chair_and_to_officers(
    http: FlaskClient,
    sign_in: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    unit: UUID,
    hears: bool,
) -> None:
    reader = Reader(http, sign_in(role, unit=unit))
    telling.tell_todos([{"role": "chair", "unit_id": UNIT}])
    if hears:
        assert reader.next()[0] == "todos"
    else:
        assert reader.is_quiet(monkeypatch)


def test_rights_are_looked_up_again_before_each_event(
    http: FlaskClient, sign_in: Callable[..., Person], database: Database
) -> None:
    person = sign_in("officer")
    reader = Reader(http, person)
    with transaction(database) as tx:
        close_sessions_of(tx, person.account_id)
    telling.tell_todos([{"role": "officer"}])
    assert reader.next()[0] == "signed_out"
    assert reader.has_ended()


def test_an_applicant_who_became_a_member_is_told_as_one(
    http: FlaskClient, database: Database, sign_in: Callable[..., Person]
) -> None:
    person, member_id = sign_in(member=False), uuid7()
    reader = Reader(http, person)
    with transaction(database) as tx:
        tx.session.add(KnownMember(member_id=member_id, unit_id=UNIT, standing="active", number="M9", sequence=1))
        tx.session.get_one(Account, person.account_id).member_id = member_id
        tx.after_commit(forget_look_ups)
    telling.tell([telling.message("messages", ("one", str(person.account_id)))])
    assert reader.next()[0] == "reload"
    telling.tell([telling.message("messages", ("one", str(member_id)))])
    assert reader.next()[:2] == ("messages", {"count": 0})


def test_who_comes_back_gets_what_was_missed_once(
    http: FlaskClient, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "OVERLAP_SECONDS", 0.0)
    person = sign_in()
    reader = Reader(http, person)
    telling.tell_messages([person.member_id])
    _, _, seen = reader.next()
    assert seen is not None
    reader.answer.close()
    telling.tell_seats([seats(1)])
    telling.flush_seats()
    back = Reader(http, person, **{"Last-Event-ID": seen})
    assert back.next()[0] == "seats"
    assert back.is_quiet(monkeypatch)


def test_messages_are_repeated_from_shortly_before_the_last_one_with_their_ids(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    """Two replicas may have received them in different orders."""
    person = sign_in()
    first, second = (telling.message("messages", ("one", str(person.member_id)), key) for key in "ab")
    HUB.distribute([second, first])
    back = Reader(http, person, query=f"?last_event_id={first.id}")
    assert back.next()[2] == second.id


def test_an_unknown_last_event_means_reading_everything_again(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    reader = Reader(http, sign_in(), **{"Last-Event-ID": str(uuid7())})
    assert reader.next()[0] == "reload"


def test_a_gap_between_replicas_means_reading_everything_again(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    reader = Reader(http, sign_in())
    invalidations.INVALIDATIONS.missed()
    assert reader.next()[0] == "reload"


def test_messages_of_other_replicas_are_distributed(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    reader = Reader(http, sign_in())
    item = Message("m-1", "seats", hub.ALL, ACTIVITY, {"seats_left": 7}).to_item()
    invalidations.INVALIDATIONS.hear("live", [json.loads(json.dumps(item))])
    assert reader.next() == ("seats", {"seats_left": 7}, "m-1")


def test_a_reader_that_is_too_slow_reads_everything_again(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    reader = Reader(http, sign_in())
    HUB.distribute(telling.message("seats", hub.ALL, str(number)) for number in range(hub.MOST_WAITING + 1))
    assert reader.next()[0] == "reload"


def test_an_account_has_so_many_streams_and_the_oldest_ends(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    person = sign_in()
    readers = [Reader(http, person) for _ in range(11)]
    assert readers[0].has_ended()
    assert len(HUB) == 10


def test_a_full_process_says_so(
    http: FlaskClient, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGHUI_STREAMS", "1")
    settings.reset()
    reader = Reader(http, sign_in())
    answer = http.get("/api/v1/me/stream", headers=sign_in().headers)
    assert len(HUB) == 1, reader
    assert (answer.status_code, answer.json["rule"]) == (503, "streams_are_free")


def test_reconnecting_without_end_is_limited(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    person = sign_in()
    statuses = [http.get("/api/v1/me/stream", headers=person.headers, buffered=False).status_code for _ in range(100)]
    assert statuses.count(429) == 40


def test_a_stream_ends_with_its_process_and_is_removed(http: FlaskClient, app: Flask, sign_in: Any) -> None:
    reader = Reader(http, sign_in())
    app.end_streams()  # type: ignore[attr-defined]
    assert reader.has_ended()
    assert len(HUB) == 0


def test_head_opens_no_stream(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    assert http.head("/api/v1/me/stream", headers=sign_in().headers).status_code == 200
    assert len(HUB) == 0


def test_the_progress_of_a_job_is_told_when_it_changes(
    http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "JOB_SECONDS", 0.01)
    states = iter([("running", 1), ("running", 1), ("done", 2)])

    def job(payload: dict[str, Any]) -> dict[str, Any]:
        state, done = next(states)
        return {"id": payload["job_id"], "state": state, "done": done, "total": 2}

    services.answers["membership.get_job"] = job
    job_id = str(uuid7())
    reader = Reader(http, sign_in("officer"), query=f"?jobs=membership:{job_id}")
    told = {"service": "membership", "id": job_id, "total": 2}
    assert reader.next()[1] == {**told, "state": "running", "done": 1}
    assert next(reader.pieces) == b": \n\n"
    assert reader.next()[1] == {**told, "state": "done", "done": 2}
    assert reader.is_quiet(monkeypatch)


def test_a_job_of_others_is_not_told(
    http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "JOB_SECONDS", 0.01)
    services.answers["membership.get_job"] = NotFound("There is no such job.", rule="job_exists")
    reader = Reader(http, sign_in("chair"), query=f"?jobs=membership:{uuid7()}")
    assert reader.is_quiet(monkeypatch)


@pytest.mark.parametrize("jobs", ["membership", "nobody:0190d5a0-0000-7000-8000-00000000a001", "membership:1", ","])
def test_a_malformed_job_is_named(http: FlaskClient, sign_in: Callable[..., Person], jobs: str) -> None:
    answer = http.get("/api/v1/me/stream", query_string={"jobs": jobs}, headers=sign_in().headers)
    assert answer.status_code == 422
    assert "jobs" in answer.json["errors"]
