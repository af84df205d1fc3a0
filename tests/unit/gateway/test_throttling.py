"""Guesses are slowed down where they come from; nobody else is, and nobody locks a name for its owner."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.identity import throttling
from gateway.identity.devices import COOKIE, known_device, remember_device
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process import logs
from services.chassis.process import settings as settings_module
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.signing_in import PASSWORD, open_session

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def guess(http: FlaskClient, times: int, **options: object) -> list[int]:
    body = {"username": "wang", "password": "wrong password"}
    return [http.post("/api/v1/sessions", json=body, **options).status_code for _ in range(times)]


def device_of(app: Flask, username: str) -> str:
    """Return the cookie a browser has after this name signed in from it."""
    with app.test_request_context():
        response = app.response_class()
        remember_device(response, username)
    cookie = response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    return str(cookie.split("=", 1)[1].split(";")[0])


def test_who_guesses_elsewhere_does_not_lock_the_name_for_its_owner(http: FlaskClient, account: str) -> None:
    assert guess(http, 6, environ_base=ELSEWHERE) == [401] * 5 + [429]
    assert open_session(http).status_code == 201
    assert guess(http, 1, environ_base=ELSEWHERE) == [429]


def test_a_network_of_ipv6_is_one_place_however_many_addresses_it_has(http: FlaskClient, account: str) -> None:
    answers = [guess(http, 1, environ_base={"REMOTE_ADDR": f"2001:db8:1:2:{n:x}::{n:x}"})[0] for n in range(1, 8)]
    assert answers == [401] * 5 + [429] * 2
    assert guess(http, 1, environ_base={"REMOTE_ADDR": "2001:db8:1:3::1"}) == [401]


def test_an_ipv4_address_is_the_same_on_a_socket_of_both_protocols(http: FlaskClient, account: str) -> None:
    assert guess(http, 6, environ_base={"REMOTE_ADDR": "::ffff:203.0.113.7"})[-1] == 429
    assert guess(http, 1, environ_base=ELSEWHERE) == [429]


def test_a_device_that_signed_in_before_passes_while_others_guess_behind_its_address(app: Flask, account: str) -> None:
    stranger, owner = app.test_client(), app.test_client()
    owner.set_cookie(COOKIE, device_of(app, "wang"))
    assert guess(stranger, 6) == [401] * 5 + [429]
    assert open_session(owner, password=PASSWORD).status_code == 201
    assert open_session(stranger, password=PASSWORD).status_code == 429


def test_guesses_from_a_known_device_are_counted_for_it(app: Flask, account: str) -> None:
    device, other = app.test_client(), app.test_client()
    device.set_cookie(COOKIE, device_of(app, "wang"))
    assert guess(device, 6) == [401] * 5 + [429]
    assert open_session(other).status_code == 201


def test_a_device_is_known_for_the_names_that_signed_in_from_it_only(app: Flask) -> None:
    cookie = device_of(app, "wang")
    for name, sent, known in (("wang", cookie, True), ("li", cookie, False), ("wang", cookie[:-2] + "xx", False)):
        with app.test_request_context(headers={"Cookie": f"{COOKIE}={sent}"}):
            assert (known_device(name) is not None) is known


def test_many_people_of_one_address_mistype_and_nobody_is_blocked(
    http: FlaskClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.identity.passwords.password_matches", lambda _hash, password: password == PASSWORD)
    assert {open_session(http, f"name{number}", "wrong password").status_code for number in range(300)} == {401}
    assert open_session(http).status_code == 201


def test_an_address_waits_at_a_rate_no_campus_reaches(http: FlaskClient, account: str, database: Database) -> None:
    keys = throttling.keys_of("anybody", "127.0.0.1")
    of_address = {key: allowance for key, allowance in keys.items() if allowance is throttling.PER_ADDRESS}
    with transaction(database) as tx:
        for _ in range(throttling.PER_ADDRESS.free):
            throttling.note_failure(tx, of_address)
    assert open_session(http).status_code == 429
    assert http.post("/api/v1/sessions", json={}, environ_base=ELSEWHERE).status_code == 422
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert open_session(http).status_code == 201


def test_a_block_ends_after_ten_minutes_whatever_is_tried(http: FlaskClient, account: str, database: Database) -> None:
    with transaction(database) as tx:
        for _ in range(30):
            throttling.note_failure(tx, throttling.keys_of("wang", "127.0.0.1"))
    assert int(open_session(http).headers["Retry-After"]) <= 600
    with clock.frozen(clock.now() + timedelta(seconds=601)):
        assert open_session(http).status_code == 201


def test_attempts_are_logged_without_name_and_address(
    http: FlaskClient, account: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO")
    open_session(http, password="wrong password")
    open_session(http)
    printed = capsys.readouterr().out
    lines = [line for line in map(json.loads, printed.splitlines()) if line["event"] == "sign_in"]
    assert [line["outcome"] for line in lines] == ["wrong", "right"]
    assert lines[0]["name_hash"] == lines[1]["name_hash"]
    assert lines[0]["correlation_id"]
    assert "wang" not in printed
    assert "127.0.0.1" not in printed


def test_a_proxy_nobody_told_of_is_noticed_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO")
    for trusted, noticed in (("0", 1), ("1", 0)):
        monkeypatch.setenv("GONGHUI_TRUSTED_PROXIES", trusted)
        settings_module.reset()
        behind = create_app(Database("sqlite://"), FakeClient(), with_portal=False).test_client()
        for _ in range(3):
            behind.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
        assert capsys.readouterr().out.count("proxy_not_trusted") == noticed
