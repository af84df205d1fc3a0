"""Single log-out with an OpenID provider: announced from server to server, and by the browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.support.identity_providers import LOGOUT, OidcProvider, key
from tests.unit.gateway.sign_on.walking import CLIENT, PUBLIC, STAFF_NUMBER, campus, form_token, me, signed_on


@pytest.fixture
def two(browser: FlaskClient, provider: OidcProvider, member: UUID) -> tuple[FlaskClient, FlaskClient]:
    """Two browsers of one person, in two sessions of the provider."""
    other = browser.application.test_client()
    for number, one in enumerate((browser, other), 1):
        provider.claims = {"employee_number": STAFF_NUMBER, "sid": f"session-{number}"}
        signed_on(one, provider, "abc")
        assert me(one) is not None
    return browser, other


def announced(browser: FlaskClient, token: str) -> int:
    outside = browser.application.test_client()
    return int(outside.post("/sign-on/campus/logout", data={"logout_token": token}).status_code)


def test_one_session_ends(two: tuple[FlaskClient, FlaskClient], provider: OidcProvider) -> None:
    assert announced(two[0], provider.logout_token(sid="session-1")) == 200
    assert [me(one) is None for one in two] == [True, False]


def test_all_sessions_of_a_person_end(two: tuple[FlaskClient, FlaskClient], provider: OidcProvider) -> None:
    assert announced(two[0], provider.logout_token(sub="somebody-else")) == 200
    assert announced(two[0], provider.logout_token(sub="somebody-else", sid="session-1")) == 200
    assert [me(one) is None for one in two] == [False, False]
    assert announced(two[0], provider.logout_token(sub="abc")) == 200
    assert [me(one) is None for one in two] == [True, True]


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"iat": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"exp": 1_000_000_000},
        {"jti": None},
        {"events": {}},
        {"events": [LOGOUT]},
        {"nonce": "x"},
        {"sub": None},
    ],
)
def test_a_logout_token_that_is_not_right_ends_nothing(
    two: tuple[FlaskClient, FlaskClient], provider: OidcProvider, changes: dict[str, Any]
) -> None:
    assert announced(two[0], provider.logout_token(**{"sub": "abc", **changes})) == 400
    assert [me(one) is None for one in two] == [False, False]


def test_forged_and_foreign_tokens_end_nothing(two: tuple[FlaskClient, FlaskClient], provider: OidcProvider) -> None:
    now = int(time.time())
    as_id_token = {"iss": provider.url, "aud": CLIENT, "sub": "abc", "iat": now, "exp": now + 60}
    for text in ("", "x", "a.b.c", provider.signed(as_id_token)):
        assert announced(two[0], text) == 400
    true, provider.key = provider.key, key("first", 2)
    assert announced(two[0], provider.logout_token(sub="abc")) == 400
    provider.key, provider.algorithm = true, "none"
    assert announced(two[0], provider.logout_token(sub="abc")) == 400
    assert [me(one) is None for one in two] == [False, False]


def test_a_logout_token_is_good_once(two: tuple[FlaskClient, FlaskClient], provider: OidcProvider) -> None:
    token = provider.logout_token(sub="abc")
    assert announced(two[0], token) == 200
    signed_on(two[0], provider, "abc")
    assert announced(two[0], token) == 400
    assert me(two[0]) is not None


def test_a_browser_with_a_session_cannot_be_made_to_post_it(
    two: tuple[FlaskClient, FlaskClient], provider: OidcProvider
) -> None:
    reply = two[0].post("/sign-on/campus/logout", data={"logout_token": provider.logout_token(sub="abc")})
    assert reply.status_code == 400
    assert me(two[1]) is not None


def test_signing_out_leads_to_the_provider_with_its_token(
    two: tuple[FlaskClient, FlaskClient], provider: OidcProvider
) -> None:
    page = two[0].post("/sign-out", data={"csrf_token": form_token(two[0], "/me/settings")})
    address = page.text.partition('content="0; url=')[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith(f"{provider.url}/logout?")
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked["post_logout_redirect_uri"] == f"{PUBLIC}/signed-out"
    assert asked["client_id"] == CLIENT
    assert asked["id_token_hint"].count(".") == 2
    assert me(two[0]) is None


def test_signing_out_works_without_the_provider(
    two: tuple[FlaskClient, FlaskClient], provider: OidcProvider, configure: Callable[..., None]
) -> None:
    configure(campus(provider, key="renamed", issuer="http://127.0.0.1:9/"))
    page = two[0].post("/sign-out", data={"csrf_token": form_token(two[0], "/me/settings")})
    assert page.status_code == 303
    assert me(two[0]) is None
