"""Signing in and out, who is signed in, throttling, passwords, sign-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway import caching
from gateway.identity.accounts import bind_members, create_accounts
from gateway.identity.browser import end_browser_session, start_browser_session
from gateway.identity.current import COOKIE
from gateway.identity.tables import Account, HeldPost, SignedInSession
from services.chassis import clock
from services.chassis.database import Database
from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.transaction import transaction
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, FakeClient, Person

PASSWORD = "correct horse battery"
SignIn = Callable[..., Person]
APPLICATION = {
    "unit_id": str(UNIT), "employment": "contract", "name": "王新", "gender": "female", "birth_date": "1995-04-03",
    "id_number": "330106199504031234", "phone": "13800138000", "hired_on": "2026-09-01", "consent_version": "1",
}  # fmt: skip


@pytest.fixture
def account(database: Database) -> str:
    with transaction(database) as tx:
        create_accounts(tx, [{"username": "Wang", "password": PASSWORD}])
    return "wang"


def open_session(http: FlaskClient, username: str = "wang", password: str = PASSWORD) -> Any:
    return http.post("/api/v1/sessions", json={"username": username, "password": password})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_right_password_opens_a_session_whose_token_is_kept_only_as_hash(
    http: FlaskClient, account: str, database: Database
) -> None:
    response = open_session(http)
    assert response.status_code == 201
    token = response.get_json()["token"]
    assert response.headers["Cache-Control"] == "no-store"
    me = http.get("/api/v1/me", headers=bearer(token)).get_json()
    assert (me["username"], me["roles"]) == ("wang", [{"role": "applicant", "unit_id": None}])
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


def test_the_punishment_doubles_and_is_forgiven_by_the_right_password(http: FlaskClient, account: str) -> None:
    now = clock.now()
    for _ in range(5):
        open_session(http, password="wrong password")
    with clock.frozen(now + timedelta(seconds=31)):
        open_session(http, password="wrong password")
        assert 50 < int(open_session(http).headers["Retry-After"]) <= 60
    with clock.frozen(now + timedelta(seconds=95)):
        assert open_session(http).status_code == 201
        assert open_session(http, password="wrong password").status_code == 401


def test_many_names_from_one_address_are_slowed_down_too(http: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.identity.passwords.password_matches", lambda _hash, _password: False)
    statuses = [open_session(http, f"name{number}", "wrong password").status_code for number in range(60)]
    assert set(statuses) == {401}
    assert open_session(http, "another", "wrong password").status_code == 429


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
    ],
)
def test_a_password_change_at_fault_names_the_field(
    http: FlaskClient, account: str, current: str, new: str, field: str
) -> None:
    token = open_session(http).get_json()["token"]
    response = http.put("/api/v1/me/password", json={"current": current, "new": new}, headers=bearer(token))
    assert response.status_code == 422
    assert field in response.get_json()["errors"]


def test_a_role_holds_from_the_first_day_of_its_post_to_the_last(
    http: FlaskClient, sign_in: SignIn, database: Database
) -> None:
    person = sign_in()
    today = clock.today()
    with transaction(database) as tx:
        tx.session.add(
            HeldPost(
                post_id=uuid7(), member_id=person.member_id, unit_id=OTHER_UNIT, role="chair",
                starts_on=today, ends_on=today + timedelta(days=9), ended_on=today + timedelta(days=1), sequence=2,
            )
        )  # fmt: skip
    held = []
    for days in (-1, 0, 1, 2):
        caching.clear_all()
        with clock.frozen(clock.now() + timedelta(days=days) if days else clock.now()), _lasting(database, days):
            roles = http.get("/api/v1/me", headers=person.headers).get_json()["roles"]
            held.append({"role": "chair", "unit_id": str(OTHER_UNIT)} in roles)
    assert held == [False, True, True, False]


def _lasting(database: Database, days: int) -> Any:
    """Let sessions last while the clock is moved."""
    from contextlib import contextmanager

    @contextmanager
    def extended() -> Iterator[None]:
        with transaction(database) as tx:
            tx.session.execute(sa.update(SignedInSession).values(expires_at=tx.now + timedelta(days=days + 1, hours=1)))
        yield

    return extended()


def test_equal_passwords_of_many_accounts_are_hashed_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr("gateway.identity.passwords.hash_password", lambda word: hashed.append(word) or f"hash {word}")
    rows = [{"username": f"m{number:06d}", "password": PASSWORD} for number in range(2500)]
    with transaction(database) as tx:
        assert create_accounts(tx, rows) == 2500
        assert create_accounts(tx, rows[:10]) == 0
    assert hashed == [PASSWORD, PASSWORD]


def test_an_account_once_bound_to_a_member_stays_bound(database: Database, account: str) -> None:
    first, second = uuid7(), uuid7()
    with transaction(database) as tx:
        account_id = tx.session.scalar(sa.select(Account.id))
        assert account_id is not None
        bind_members(tx, {account_id: first})
        bind_members(tx, {account_id: second})
        assert tx.session.scalar(sa.select(Account.member_id)) == first


def apply(http: FlaskClient, **changes: Any) -> Any:
    body = {**APPLICATION, "username": "newcomer", "password": PASSWORD, **changes}
    return http.post("/api/v1/membership/applications", json=body)


def test_an_application_with_a_user_name_makes_the_account_that_applied(
    http: FlaskClient, services: FakeClient, database: Database
) -> None:
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    assert apply(http).status_code == 201
    asked = services.asked[0]
    assert not {"username", "password"} & asked.payload.keys()
    with database.session() as session:
        account = session.scalars(sa.select(Account)).one()
    assert asked.context.principal.account_id == account.id
    assert asked.context.principal.roles == {"applicant"}
    assert open_session(http, "newcomer").status_code == 201


def test_a_refused_application_takes_its_account_back(
    http: FlaskClient, services: FakeClient, database: Database
) -> None:
    services.answers["membership.submit_application"] = InvalidInput("Not a valid number.", field="id_number")
    assert apply(http).status_code == 422
    with database.session() as session:
        assert session.scalars(sa.select(Account)).all() == []


def test_when_the_outcome_is_unknown_the_account_stays_and_the_repeat_is_the_same_person(
    http: FlaskClient, services: FakeClient
) -> None:
    services.answers["membership.submit_application"] = Unavailable("Away.")
    assert apply(http).status_code == 503
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    assert apply(http).status_code == 201
    first, second = (asked.context.principal.account_id for asked in services.asked)
    assert first == second
    taken = apply(http, password="somebody elses password")
    assert taken.status_code == 409
    assert taken.get_json()["rule"] == "username.is_free"


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"password": None}, 422, "password"),
        ({"username": None}, 422, "username"),
        ({"password": "short"}, 422, "password"),
        ({"username": "has space"}, 422, "username"),
        ({"username": "../etc"}, 422, "username"),
    ],
)
def test_an_account_at_fault_is_refused_before_membership_is_asked(
    http: FlaskClient, services: FakeClient, changes: dict[str, Any], status: int, field: str
) -> None:
    response = apply(http, **changes)
    assert response.status_code == status
    assert field in response.get_json()["errors"]
    assert services.asked == []


def test_public_applications_are_limited_per_address(http: FlaskClient, services: FakeClient) -> None:
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    statuses = [http.post("/api/v1/membership/applications", json=APPLICATION).status_code for _ in range(31)]
    assert statuses[:30] == [201] * 30
    assert statuses[30] == 429


def browser_with_session(app: Flask) -> FlaskClient:
    """A browser that signed in: it has the session cookie."""
    browser = app.test_client()
    with app.test_request_context():
        response = app.response_class()
        start_browser_session(response, "wang", PASSWORD)
    cookie = response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    browser.set_cookie(COOKIE, re.search(rf"{COOKIE}=([^;]+)", cookie)[1])  # type: ignore[index]
    return browser


def test_a_browser_is_signed_in_by_its_cookie(app: Flask, account: str) -> None:
    assert browser_with_session(app).get("/api/v1/me").get_json()["username"] == "wang"


def test_a_change_that_comes_by_cookie_needs_the_forms_token(app: Flask, account: str) -> None:
    browser = browser_with_session(app)
    response = browser.put("/api/v1/me/language", json={"language": "en"})
    assert response.status_code == 400
    assert response.get_json()["code"] == "csrf"
    assert response.get_json()["field"] == "csrf_token"


def test_a_change_with_the_forms_token_is_made(app: Flask, account: str) -> None:
    from flask_wtf.csrf import generate_csrf

    browser = browser_with_session(app)
    with app.test_request_context():
        from flask import session

        token = generate_csrf()
        sealed = app.session_interface.get_signing_serializer(app).dumps(dict(session))  # type: ignore[attr-defined]
    browser.set_cookie("gonghui_form", sealed)
    headers = {"X-CSRFToken": token}
    assert browser.put("/api/v1/me/language", json={"language": "en"}, headers=headers).status_code == 204
    assert browser.get("/api/v1/me").get_json()["language"] == "en"
    forged = {"X-CSRFToken": token[:-2] + "xx"}
    assert browser.put("/api/v1/me/language", json={"language": "zh"}, headers=forged).status_code == 400


def test_a_bearer_token_needs_no_form(http: FlaskClient, account: str) -> None:
    token = open_session(http).get_json()["token"]
    response = http.put("/api/v1/me/language", json={"language": "en"}, headers=bearer(token))
    assert response.status_code == 204


def test_signing_out_of_a_browser_removes_cookie_and_session(app: Flask, account: str) -> None:
    browser = browser_with_session(app)
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={cookie.value}"}):
        response = app.response_class()
        end_browser_session(response)
    assert "Max-Age=0" in response.headers["Set-Cookie"]
    assert browser.get("/api/v1/me").status_code == 401


def test_reads_and_changes_are_limited_and_say_when_to_come_back(
    http: FlaskClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.chassis import settings as settings_module

    monkeypatch.setenv("GONGHUI_RATE_LIMIT", "3/minute")
    settings_module.reset()
    person, neighbour = sign_in(), sign_in()
    statuses = [http.get("/api/v1/me", headers=person.headers).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = http.get("/api/v1/me", headers=person.headers)
    assert refused.get_json()["rule"] == "rate_limit"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert http.get("/api/v1/me", headers=neighbour.headers).status_code == 200
    assert http.get("/healthz").status_code == 200
