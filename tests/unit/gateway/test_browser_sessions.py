"""Sessions of browsers: cookie, forms' tokens; and rate limits for everybody."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.browser import end_browser_session, start_browser_session
from gateway.identity.current import COOKIE
from tests.unit.gateway.signing_in import PASSWORD, SignIn, bearer, open_session


def browser_with_session(app: Flask) -> FlaskClient:
    """A browser that signed in: it has the session cookie."""
    browser = app.test_client()
    with app.test_request_context():
        response = app.response_class()
        start_browser_session(response, "wang", PASSWORD)
    cookie, _device = response.headers.getlist("Set-Cookie")
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
    from services.chassis.process import settings as settings_module

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


def test_what_says_nothing_of_its_own_is_kept_by_nobody(http: FlaskClient) -> None:
    assert http.get("/healthz").headers["Cache-Control"] == "no-store"
    assert http.get("/nowhere").headers["Cache-Control"] == "no-store"


def test_a_campus_behind_one_address_signs_in_at_once(
    app: Flask, http: FlaskClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.identity.passwords.password_matches", lambda _hash, password: password == PASSWORD)
    for _ in range(400):
        assert open_session(http).status_code == 201
        with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            start_browser_session(app.response_class(), "wang", PASSWORD)
