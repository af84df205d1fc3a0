"""Signing in and out, sessions, tokens, guesses slowed down."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.identity import sign_in, throttling
from gateway.identity.tables import Account, SignedInSession
from gateway.rpc import caching
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from tests.unit.gateway.signing_in import PASSWORD, SignIn, bearer, open_session


def test_the_right_password_opens_a_session_whose_token_is_kept_only_as_hash(
    http: FlaskClient, account: str, database: Database
) -> None:
    response = open_session(http)
    assert response.status_code == 201
    token = response.get_json()["token"]
    assert response.headers["Cache-Control"] == "no-store"
    me = http.get("/api/v1/me", headers=bearer(token)).get_json()
    assert (me["username"], me["roles"]) == ("wang", [{"role": "applicant", "unit_id": None, "delegation_id": None}])
    with database.session() as session:
        assert token not in session.scalar(sa.select(SignedInSession.token_hash))  # type: ignore[operator]


def test_a_user_name_is_the_same_in_capitals_and_with_spaces(http: FlaskClient, account: str) -> None:
    assert open_session(http, " WANG ").status_code == 201


@pytest.mark.parametrize(("username", "password"), [("wang", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    http: FlaskClient, account: str, username: str, password: str
) -> None:
    response = open_session(http, username, password)
    assert response.status_code == 401
    assert response.get_json()["code"] == "wrong_credentials"
    assert response.get_json()["detail"] == "The user name or the password is wrong."


def test_a_disabled_account_cannot_sign_in_and_its_sessions_end(
    http: FlaskClient, account: str, database: Database
) -> None:
    token = open_session(http).get_json()["token"]
    with transaction(database) as tx:
        tx.session.execute(sa.update(Account).values(disabled_at=tx.now))
    caching.clear_all()
    assert open_session(http).status_code == 401
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 401


def test_guessing_is_slowed_down_and_says_how_long(http: FlaskClient, account: str) -> None:
    for _ in range(5):
        assert open_session(http, password="wrong password").status_code == 401
    blocked = open_session(http)
    assert blocked.status_code == 429
    assert blocked.get_json()["rule"] == "sign_in.not_blocked"
    assert 0 < int(blocked.headers["Retry-After"]) <= 30
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        assert open_session(http).status_code == 201


def test_a_right_guess_among_many_sent_at_once_does_not_count(
    http: FlaskClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All were let in before the first had failed; the right one is checked last."""

    def others_fail_meanwhile(_hash: str | None, _password: str) -> bool:
        with transaction(sign_in.gateway().database) as tx:
            for _ in range(5):
                throttling.note_failure(tx, throttling.keys_of("wang", "127.0.0.1"))
        return True

    monkeypatch.setattr("gateway.identity.passwords.password_matches", others_fail_meanwhile)
    assert open_session(http).status_code == 429


def test_the_punishment_doubles_and_is_forgiven_by_the_right_password(http: FlaskClient, account: str) -> None:
    now = clock.now()
    with clock.frozen(now):
        for _ in range(5):
            open_session(http, password="wrong password")
    with clock.frozen(now + timedelta(seconds=31)):
        open_session(http, password="wrong password")
        assert 50 < int(open_session(http).headers["Retry-After"]) <= 60
    with clock.frozen(now + timedelta(seconds=95)):
        assert open_session(http).status_code == 201
        assert open_session(http, password="wrong password").status_code == 401


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Bearer unknown-token-of-good-length", "token_invalid"),
        ("Bearer short", "token_invalid"),
        ("Basic d2FuZzp4", "token_invalid"),
        ("", "token_invalid"),
    ],
)
def test_a_token_nobody_gave_out_is_refused(http: FlaskClient, header: str, code: str) -> None:
    response = http.get("/api/v1/me", headers={"Authorization": header})
    assert response.status_code == 401
    assert response.get_json()["code"] == code
    assert response.get_json()["field"] == "Authorization"


def test_an_expired_token_says_so(http: FlaskClient, account: str) -> None:
    token = open_session(http).get_json()["token"]
    with clock.frozen(clock.now() + timedelta(hours=13)):
        response = http.get("/api/v1/me", headers=bearer(token))
    assert response.status_code == 401
    assert response.get_json()["code"] == "token_expired"


def test_signing_out_ends_the_session_at_once(http: FlaskClient, account: str) -> None:
    token, other = (open_session(http).get_json()["token"] for _ in range(2))
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 200
    assert http.delete("/api/v1/sessions/current", headers=bearer(token)).status_code == 204
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 401
    assert http.get("/api/v1/me", headers=bearer(other)).status_code == 200


def test_own_sessions_are_listed_and_ended_those_of_others_are_not_found(
    http: FlaskClient, account: str, sign_in: SignIn
) -> None:
    token = open_session(http).get_json()["token"]
    open_session(http)
    listed = http.get("/api/v1/me/sessions", headers=bearer(token)).get_json()["items"]
    assert sorted(session["current"] for session in listed) == [False, True]
    other = next(session["id"] for session in listed if not session["current"])
    assert http.delete(f"/api/v1/me/sessions/{other}", headers=sign_in().headers).status_code == 404
    assert http.delete(f"/api/v1/me/sessions/{other}", headers=bearer(token)).status_code == 204
    assert len(http.get("/api/v1/me/sessions", headers=bearer(token)).get_json()["items"]) == 1


def test_a_new_password_ends_all_other_sessions(http: FlaskClient, account: str) -> None:
    token, other = (open_session(http).get_json()["token"] for _ in range(2))
    change = {"current": PASSWORD, "new": "another long password"}
    assert http.put("/api/v1/me/password", json=change, headers=bearer(token)).status_code == 204
    assert http.get("/api/v1/me", headers=bearer(token)).status_code == 200
    assert http.get("/api/v1/me", headers=bearer(other)).status_code == 401
    assert open_session(http).status_code == 401
    assert open_session(http, password="another long password").status_code == 201


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong", "another long password", "current"),
        (PASSWORD, "short", "new"),
        (PASSWORD, "aaaaaaaaaaaa", "new"),
        (PASSWORD, "x" * 201, "new"),
        (PASSWORD, "1234567890", "new"),
        (PASSWORD, "password123", "new"),
        (PASSWORD, "1qaz2wsx3edc", "new"),
        (PASSWORD, "iloveyou123", "new"),
        (PASSWORD, "Passw0rd!!", "new"),
        (PASSWORD, "wang123456", "new"),
        (PASSWORD, "gonghui2023", "new"),
    ],
)
def test_a_password_change_at_fault_names_the_field(
    http: FlaskClient, account: str, current: str, new: str, field: str
) -> None:
    token = open_session(http).get_json()["token"]
    response = http.put("/api/v1/me/password", json={"current": current, "new": new}, headers=bearer(token))
    assert response.status_code == 422
    assert field in response.get_json()["errors"]


def test_guesses_at_the_password_in_a_session_left_open_are_slowed_down_too(http: FlaskClient, account: str) -> None:
    token = open_session(http).get_json()["token"]

    def change(current: str) -> int:
        body = {"current": current, "new": "another long password"}
        return http.put("/api/v1/me/password", json=body, headers=bearer(token)).status_code

    assert [change(f"a guess {number}") for number in range(6)] == [422] * 5 + [429]
    assert change(PASSWORD) == 429
    assert open_session(http).status_code == 429
