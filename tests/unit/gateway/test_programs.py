"""Accounts of other systems: what they may read, how long, until when, and who lets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.identity import programs
from gateway.identity.accounts import create_program_account
from gateway.identity.passwords import hash_strong
from gateway.identity.tables import Account
from gateway.rpc import caching
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.signing_in import PASSWORD, SignIn, bearer, open_session

MEMBERS = "/api/v1/membership/members/snapshot"


@pytest.fixture
def card(http: FlaskClient, sign_in: SignIn) -> dict[str, Any]:
    """The card office, which may read members for ten days; with its secret."""
    body = {"username": "campus-card", "scopes": ["members.read"], "days": 10}
    answer = http.post("/api/v1/programs", json=body, headers=sign_in("officer").headers)
    assert answer.status_code == 201
    made: dict[str, Any] = answer.get_json()
    return made


@pytest.fixture
def token(http: FlaskClient, card: dict[str, Any]) -> str:
    found: str = open_session(http, card["username"], card["secret"]).get_json()["token"]
    return found


@pytest.fixture(autouse=True)
def unnoted() -> Iterator[None]:
    programs._noted.clear()
    yield
    programs._noted.clear()


def test_a_program_reads_what_its_scopes_open_and_nothing_else(
    http: FlaskClient, services: FakeClient, token: str
) -> None:
    services.answers["membership.snapshot_members"] = {"items": [], "next_cursor": None, "read_at": "2026-11-28"}
    assert http.get(MEMBERS, headers=bearer(token)).status_code == 200
    (asked,) = services.asked
    principal = asked.context.principal
    assert (principal.kind, principal.roles, principal.member_id) == ("program", {"reader", "members.read"}, None)
    for path in ("members", "units/snapshot", "posts", "members/export"):
        assert http.get(f"/api/v1/membership/{path}", headers=bearer(token)).status_code in (403, 405)
    for path in ("activities", "activities/snapshot", "me/home", "me/todos", "programs", "governance/rules"):
        assert http.get(f"/api/v1/{path}", headers=bearer(token)).status_code == 403, path
    me = http.get("/api/v1/me", headers=bearer(token)).get_json()
    assert {grant["role"] for grant in me["roles"]} == {"reader", "members.read"}
    assert http.delete("/api/v1/sessions/current", headers=bearer(token)).status_code == 204


def test_the_secret_is_told_once_and_kept_as_a_hash(http: FlaskClient, sign_in: SignIn, card, database) -> None:
    shown = http.get("/api/v1/programs", headers=sign_in("ops").headers).get_json()["items"]
    assert [(one["username"], one["scopes"], one["state"]) for one in shown] == [
        ("campus-card", ["members.read"], "open")
    ]
    assert "secret" not in shown[0]
    assert len(card["secret"]) >= 40
    with transaction(database) as tx:
        account = tx.session.scalar(sa.select(Account).where(Account.username == "campus-card"))
        assert account is not None
        assert account.password_hash.startswith("$argon2")


def test_a_secret_ends_by_time_and_so_does_its_session(http: FlaskClient, card, token, sign_in: SignIn) -> None:
    with clock.frozen(clock.now() + timedelta(days=10, seconds=1)):
        caching.clear_all()
        assert open_session(http, "campus-card", card["secret"]).status_code == 401
        (shown,) = http.get("/api/v1/programs", headers=sign_in("officer").headers).get_json()["items"]
        assert shown["state"] == "expired"
    with clock.frozen(clock.now() + timedelta(days=9, hours=23)):
        expires_at = open_session(http, "campus-card", card["secret"]).get_json()["expires_at"]
    assert expires_at == card["secret_expires_at"]


def test_a_new_secret_ends_the_old_one_and_its_sessions(http: FlaskClient, sign_in: SignIn, card, token: str) -> None:
    officer = sign_in("officer").headers
    renewed = http.post(f"/api/v1/programs/{card['id']}/secret", json={"days": 30}, headers=officer).get_json()
    assert renewed["secret"] != card["secret"]
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 401
    assert open_session(http, "campus-card", card["secret"]).status_code == 401
    assert open_session(http, "campus-card", renewed["secret"]).status_code == 201


def test_access_is_ended_at_once_and_for_good(http: FlaskClient, sign_in: SignIn, card, token: str) -> None:
    ops, officer = sign_in("ops").headers, sign_in("officer").headers
    assert http.delete(f"/api/v1/programs/{card['id']}", headers=ops).status_code == 204
    assert http.delete(f"/api/v1/programs/{card['id']}", headers=ops).status_code == 204
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 401
    assert open_session(http, "campus-card", card["secret"]).status_code == 401
    again = http.post(f"/api/v1/programs/{card['id']}/secret", json={}, headers=officer)
    assert (again.status_code, again.get_json()["rule"]) == (409, "program.is_open")
    (shown,) = http.get("/api/v1/programs", headers=officer).get_json()["items"]
    assert shown["state"] == "revoked"


def test_the_last_use_is_known_to_the_minute(http: FlaskClient, sign_in: SignIn, card, token: str) -> None:
    ops = sign_in("ops").headers

    def used() -> str | None:
        found: str | None = http.get("/api/v1/programs", headers=ops).get_json()["items"][0]["last_used_at"]
        return found

    assert used() is None
    with clock.frozen(clock.now()) as _:
        http.get("/api/v1/me", headers=bearer(token))
        first = used()
    assert first is not None
    http.get("/api/v1/me", headers=bearer(token))
    assert used() == first
    programs._noted.clear()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        http.get("/api/v1/me", headers=bearer(token))
    assert used() is not None
    assert str(used()) > first


def test_it_is_told_who_did_what_and_when(http: FlaskClient, sign_in: SignIn, card, database: Database) -> None:
    officer, ops = sign_in("officer"), sign_in("ops")
    http.post(f"/api/v1/programs/{card['id']}/secret", json={"days": 30}, headers=officer.headers)
    http.delete(f"/api/v1/programs/{card['id']}", headers=ops.headers)
    answer = http.get(f"/api/v1/programs/{card['id']}", headers=ops.headers)
    told = answer.get_json()
    with transaction(database) as tx:
        names = {row.id: row.username for row in tx.session.execute(sa.select(Account.id, Account.username))}
    assert [entry["what"] for entry in told["history"]] == ["revoked", "renewed", "created"]
    assert [entry["by"] for entry in told["history"][:2]] == [names[ops.account_id], names[officer.account_id]]
    assert card["secret"] not in answer.get_data(as_text=True)
    assert http.get(f"/api/v1/programs/{card['id']}", headers=sign_in("chair").headers).status_code == 403
    assert http.get(f"/api/v1/programs/{officer.account_id}", headers=ops.headers).status_code == 404


def test_what_the_command_line_does_to_a_system_that_delivers_is_told_too(
    http: FlaskClient, sign_in: SignIn, database: Database
) -> None:
    for password in (PASSWORD, "another phrase of machines"):
        password_hash = hash_strong(password, username="hr-system")
        with transaction(database) as tx:
            create_program_account(tx, "hr-system", password_hash, "hr")
    ops = sign_in("ops").headers
    (row,) = http.get("/api/v1/programs", headers=ops).get_json()["items"]
    told = http.get(f"/api/v1/programs/{row['id']}", headers=ops).get_json()
    assert [entry["what"] for entry in told["history"]] == ["renewed", "created"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"username": "x-system", "scopes": []}, 422),
        ({"username": "x-system", "scopes": ["members.write"]}, 422),
        ({"username": "x-system", "scopes": ["officer"]}, 422),
        ({"username": "x-system", "scopes": ["units.read"], "days": 731}, 422),
        ({"username": "x-system", "scopes": ["units.read"], "days": 0}, 422),
        ({"username": "has space", "scopes": ["units.read"]}, 422),
        ({"username": "campus-card", "scopes": ["units.read"]}, 409),
        ({"username": "x-system", "scopes": ["units.read"]}, 201),
    ],
)
def test_what_an_account_may_be(http: FlaskClient, sign_in: SignIn, card, body: dict[str, Any], status: int) -> None:
    assert http.post("/api/v1/programs", json=body, headers=sign_in("officer").headers).status_code == status


def test_operators_end_access_but_give_none_and_others_see_nothing(http: FlaskClient, sign_in: SignIn, card) -> None:
    body = {"username": "x-system", "scopes": ["units.read"]}
    assert http.post("/api/v1/programs", json=body, headers=sign_in("ops").headers).status_code == 403
    for role in ("chair", "auditor", "member"):
        assert http.get("/api/v1/programs", headers=sign_in(role).headers).status_code == 403
        assert http.delete(f"/api/v1/programs/{card['id']}", headers=sign_in(role).headers).status_code == 403


def test_a_person_is_no_program(http: FlaskClient, sign_in: SignIn) -> None:
    person, officer = sign_in(), sign_in("officer")
    assert http.delete(f"/api/v1/programs/{person.account_id}", headers=officer.headers).status_code == 404
    body = {"days": 3}
    path = f"/api/v1/programs/{person.account_id}/secret"
    assert http.post(path, json=body, headers=officer.headers).status_code == 404


def test_a_system_that_delivers_reads_nothing_open_to_people(http: FlaskClient, database: Database) -> None:
    password_hash = hash_strong(PASSWORD, username="hr-system")
    with transaction(database) as tx:
        create_program_account(tx, "hr-system", password_hash, "hr")
    token = open_session(http, "hr-system").get_json()["token"]
    assert http.get("/api/v1/membership/posts", headers=bearer(token)).status_code == 403
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 200


def test_programs_are_found_by_name_state_and_scope(http: FlaskClient, sign_in: SignIn, card) -> None:
    ops = sign_in("ops").headers

    def found(query: str) -> list[str]:
        items = http.get(f"/api/v1/programs?{query}", headers=ops).get_json()["items"]
        return [one["username"] for one in items]

    for hit in ("q=CARD", "state=open", "scope=members.read"):
        assert found(hit) == ["campus-card"], hit
    for miss in ("q=library", "state=revoked", "state=expired", "scope=units.read", "q=%25"):
        assert found(miss) == [], miss
    with clock.frozen(clock.now() + timedelta(days=10, seconds=1)):
        caching.clear_all()
        ops = sign_in("ops").headers
        assert (found("state=expired"), found("state=open")) == (["campus-card"], [])
