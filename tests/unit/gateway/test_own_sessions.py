"""Own sessions: where each comes from, when it was used last, ended one by one or all but the current one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.identity import last_seen
from gateway.identity.look_ups import remembered
from gateway.identity.tables import SignedInSession
from services.chassis import clock
from services.chassis.database.engine import Database
from tests.unit.gateway.signing_in import PASSWORD, SignIn, bearer


def opened(http: FlaskClient, agent: str, address: str = "10.1.2.3") -> str:
    reply = http.post(
        "/api/v1/sessions",
        json={"username": "wang", "password": PASSWORD},
        headers={"User-Agent": agent},
        environ_base={"REMOTE_ADDR": address},
    )
    assert reply.status_code == 201, reply.text
    token: str = reply.get_json()["token"]
    return token


def listed(http: FlaskClient, token: str) -> list[dict[str, Any]]:
    reply = http.get("/api/v1/me/sessions", headers=bearer(token))
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.get_json()["items"]
    return items


def test_each_session_says_where_it_comes_from(http: FlaskClient, account: str, database: Database) -> None:
    token = opened(http, "Phone/1")
    opened(http, "Desk/1", "10.9.9.9")
    told = {item["agent"]: item for item in listed(http, token)}
    assert told["Phone/1"]["current"]
    assert not told["Desk/1"]["current"]
    assert (told["Phone/1"]["address"], told["Desk/1"]["address"]) == ("10.1.2.3", "10.9.9.9")
    assert told["Phone/1"]["provider"] is None
    with database.engine.connect() as connection:
        stored = connection.execute(sa.text("SELECT address FROM session")).scalars().all()
    assert not any("10." in text for text in stored)


def test_the_last_use_is_stored_every_ten_minutes(http: FlaskClient, account: str, database: Database) -> None:
    token = opened(http, "Phone/1")
    begun = clock.now()

    def used_at(later: timedelta, address: str = "10.1.2.3") -> datetime:
        with clock.frozen(begun + later):
            remembered.clear()
            http.get("/api/v1/me", headers=bearer(token), environ_base={"REMOTE_ADDR": address})
        with database.session() as session:
            found = session.scalar(sa.select(SignedInSession.last_seen_at))
        assert found is not None
        return found

    assert used_at(timedelta(minutes=5)) < begun + timedelta(minutes=1)
    assert used_at(timedelta(minutes=11), "10.4.4.4") == begun + timedelta(minutes=11)
    assert used_at(timedelta(minutes=12)) == begun + timedelta(minutes=11)
    last_seen._noted.clear()
    assert used_at(timedelta(minutes=22)) == begun + timedelta(minutes=22)


def test_all_others_end_at_once(http: FlaskClient, account: str) -> None:
    kept, others = opened(http, "Phone/1"), [opened(http, f"Desk/{number}") for number in range(3)]
    reply = http.post("/api/v1/me/sessions/end-others", headers=bearer(kept))
    assert reply.get_json() == {"ended": 3}
    assert [item["agent"] for item in listed(http, kept)] == ["Phone/1"]
    assert {http.get("/api/v1/me", headers=bearer(token)).status_code for token in others} == {401}


def test_nobody_ends_the_sessions_of_another(http: FlaskClient, account: str, sign_in: SignIn) -> None:
    mine, stranger = opened(http, "Phone/1"), sign_in("officer")
    (session,) = listed(http, mine)
    gone = http.delete(f"/api/v1/me/sessions/{session['id']}", headers=stranger.headers)
    assert gone.status_code == 404
    assert http.post("/api/v1/me/sessions/end-others", headers=stranger.headers).get_json() == {"ended": 0}
    assert len(listed(http, mine)) == 1
