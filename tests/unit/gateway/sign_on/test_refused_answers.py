"""Answers of an OpenID provider that must let nobody in: forged, late, foreign, nonsense."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from gateway.identity.providers import attempts, metadata
from services.chassis import clock
from tests.support.identity_providers import CLIENT, OidcProvider, key
from tests.unit.gateway.sign_on.walking import (
    PUBLIC,
    STAFF_NUMBER,
    begun,
    me,
    returned,
    signed_on,
    told,
)


def test_a_state_is_good_once_in_one_browser_and_in_time(
    browser: FlaskClient, provider: OidcProvider, member: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    back = provider.approve(begun(browser), "abc")
    stranger = browser.application.test_client()
    assert returned(stranger, back).headers["Location"] == "/sign-in"
    assert "不是在本浏览器里开始的" in told(stranger)
    cookie = browser.get_cookie("gonghui_sign_on")
    assert cookie is not None
    returned(browser, back)
    assert me(browser) is not None
    # Somebody took the cookie along: the state is spent, whatever code comes with it.
    replaying = browser.application.test_client()
    replaying.set_cookie("gonghui_sign_on", cookie.value)
    assert returned(replaying, back).headers["Location"] == "/sign-in"
    assert "已用过" in told(replaying)
    assert provider.asked.count("/token") == 1

    late = browser.application.test_client()
    back = provider.approve(begun(late), "abc")
    monkeypatch.setattr(attempts, "MINUTES", 0)
    time.sleep(1.1)  # itsdangerous takes the time itself, in whole seconds
    assert returned(late, back).headers["Location"] == "/sign-in"
    assert me(late) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"azp": "another-client"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": 7},
        {"sub": "x" * 300},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"exp": 1_000_000_000},
        {"iat": 4_000_000_000},
    ],
)
def test_an_id_token_that_is_not_right_lets_nobody_in(
    browser: FlaskClient, provider: OidcProvider, member: UUID, changes: dict[str, Any]
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    provider.changes = changes
    assert signed_on(browser, provider).headers["Location"] == "/sign-in"
    assert me(browser) is None
    assert "应答无效" in told(browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_signature_anybody_can_make_is_refused(
    browser: FlaskClient, provider: OidcProvider, member: UUID, algorithm: str
) -> None:
    provider.claims, provider.algorithm = {"employee_number": STAFF_NUMBER}, algorithm
    signed_on(browser, provider)
    assert me(browser) is None


def test_a_foreign_key_is_refused_and_a_new_one_is_fetched(
    browser: FlaskClient, provider: OidcProvider, member: UUID
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    signed_on(browser, provider)
    true = provider.key
    provider.key = key("first", 2)
    stranger = browser.application.test_client()
    signed_on(stranger, provider)
    assert me(stranger) is None
    assert true.kid == provider.key.kid
    metadata._renewed.clear()
    provider.key = key("second")
    signed_on(stranger, provider)
    assert me(stranger) is not None


@pytest.mark.parametrize("seconds", [-50, 50])
def test_clocks_may_differ_by_less_than_a_minute(
    browser: FlaskClient, provider: OidcProvider, member: UUID, seconds: int
) -> None:
    now = int(clock.now().timestamp())
    provider.claims = {"employee_number": STAFF_NUMBER}
    provider.changes = {"iat": now + seconds, "exp": now + min(seconds, 300)} if seconds < 0 else {"iat": now + seconds}
    signed_on(browser, provider)
    assert me(browser) is not None


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/token", b"<html>"),
        ("/token", b"[]"),
        ("/token", b"{}"),
        ("/token", b'{"id_token": 7}'),
        ("/token", b'{"id_token": "a.b.c"}'),
        ("/token", b'{"id_token": "a.b.c.d.e"}'),
        ("/token", b"[" * 200_000),
        ("/jwks", b'{"keys": "none"}'),
        ("/jwks", b'{"keys": [{"kty": "unknown"}, 7]}'),
        ("/token", b" " * 600_000),
    ],
)
def test_nonsense_is_told_as_such(
    browser: FlaskClient, provider: OidcProvider, member: UUID, path: str, body: bytes
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    provider.say(path, body=body)
    assert signed_on(browser, provider).headers["Location"] == "/sign-in"
    assert "应答无效" in told(browser)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"authorization_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_metadata_of_another_issuer_or_without_tls_is_refused(
    browser: FlaskClient, provider: OidcProvider, changes: dict[str, Any]
) -> None:
    provider.metadata = changes
    assert browser.get("/sign-on/campus").headers["Location"] == "/sign-in"
    assert "应答无效" in told(browser)


def test_a_slow_or_absent_provider_is_given_up(
    browser: FlaskClient, provider: OidcProvider, member: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "DEADLINE", 0.3)
    address = provider.approve(begun(browser), "abc")
    provider.be_slow("/token", 3)
    assert returned(browser, address).headers["Location"] == "/sign-in"
    assert "没有应答" in told(browser)
    provider.say("/token", 502)
    assert signed_on(browser, provider).headers["Location"] == "/sign-in"
    assert "没有应答" in told(browser)


@pytest.mark.parametrize("state", ["", "é", "\N{SNOWMAN}" * 300, "\x00", "x" * 9000])
def test_a_state_of_any_signs_is_refused(browser: FlaskClient, provider: OidcProvider, state: str) -> None:
    begun(browser)
    reply = browser.get("/sign-on/campus/return", query_string={"code": "abc", "state": state})
    assert reply.headers["Location"] == "/sign-in"
    assert "不是在本浏览器里开始的" in told(browser)
    assert provider.asked.count("/token") == 0


def test_a_cancelled_sign_on_says_so(browser: FlaskClient, provider: OidcProvider) -> None:
    asked = dict(parse_qsl(urlsplit(begun(browser)).query))
    returned(browser, f"{PUBLIC}/sign-on/campus/return?error=access_denied&state={asked['state']}")
    assert "取消了登录" in told(browser)
