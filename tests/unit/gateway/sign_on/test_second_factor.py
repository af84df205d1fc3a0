"""The second factor after a sign-on: asked for, unless the settings say that the provider vouches for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from environs import EnvError
from flask.testing import FlaskClient

from gateway.identity.browser import WAITING_COOKIE
from gateway.identity.look_ups import remembered
from gateway.identity.providers.configuration import providers
from gateway.identity.tables import ExternalIdentity, ProviderSession
from services.chassis.database.engine import Database
from services.chassis.process import settings as settings_module
from tests.support.authenticator import code_of
from tests.support.identity_providers import CasServer, OidcProvider, serving
from tests.unit.gateway.second_factors.conftest import give_post, later
from tests.unit.gateway.sign_on.test_cas import came_back, server
from tests.unit.gateway.sign_on.walking import STAFF_NUMBER, campus, form_token, me, signed_on

MFA = {"second_factor_claim": "amr", "second_factor_values": ["mfa", "hwk"]}
STEP = "/sign-in/second-factor"


@pytest.fixture
def secret(browser: FlaskClient, provider: OidcProvider, member: UUID) -> str:
    """The secret of the member's authenticator app; nobody is signed in any more."""
    provider.claims = {"employee_number": STAFF_NUMBER, "sid": "s1"}
    signed_on(browser, provider)
    token = {"X-CSRFToken": form_token(browser, "/me/settings")}
    made: str = browser.post("/api/v1/me/second-factor/totp", headers=token).get_json()["secret"]
    body = {"code": code_of(made)}
    assert browser.post("/api/v1/me/second-factor/totp/confirm", json=body, headers=token).status_code == 200
    browser.delete("/api/v1/sessions/current", headers=token)
    return made


def test_it_is_asked_for_and_the_provider_still_ends_the_session(
    browser: FlaskClient, provider: OidcProvider, secret: str, database: Database
) -> None:
    reply = signed_on(browser, provider, next="/activities")
    assert reply.headers["Location"] == f"{STEP}?next=/activities"
    assert me(browser) is None
    with later(60):
        fields = {"csrf_token": form_token(browser, STEP), "code": code_of(secret), "next": "/activities"}
        assert browser.post(STEP, data=fields).headers["Location"] == "/activities"
        session = browser.get("/api/v1/me/sessions").get_json()["items"][0]
    assert (session["provider"], session["second_factor"]) == ("campus", "totp")
    with database.session() as stored:
        assert stored.query(ProviderSession).count() == 1
    ended = {"logout_token": provider.logout_token(sid="s1")}
    assert browser.application.test_client().post("/sign-on/campus/logout", data=ended).status_code == 200
    assert me(browser) is None


@pytest.mark.parametrize(
    ("claim", "without", "vouching"),
    [("amr", ["pwd"], ["pwd", "hwk"]), ("acr", "silver", "hwk"), ("how", {"hwk": 1}, ["mfa"]), ("amr", [], ["mfa"])],
)
def test_the_settings_say_when_the_provider_vouches(
    browser: FlaskClient, provider: OidcProvider, secret: str, configure: Callable[..., None],
    claim: str, without: Any, vouching: Any,
) -> None:  # fmt: skip
    configure(campus(provider, **{**MFA, "second_factor_claim": claim}))
    for claims in ({}, {claim: without}, {"other": vouching}):
        provider.claims = claims
        assert signed_on(browser, provider).headers["Location"].startswith(STEP), claims
        browser.delete_cookie(WAITING_COOKIE)
    provider.claims = {claim: vouching}
    assert signed_on(browser, provider).headers["Location"] == "/start"
    assert browser.get("/api/v1/me/sessions").get_json()["items"][0]["second_factor"] == "provider"


def test_an_unlinked_identity_opens_nothing_in_the_second_step(
    browser: FlaskClient, provider: OidcProvider, secret: str, database: Database
) -> None:
    signed_on(browser, provider)
    with database.session() as session:
        session.execute(sa.delete(ExternalIdentity))
    with later(60):
        fields = {"csrf_token": form_token(browser, STEP), "code": code_of(secret)}
        assert browser.post(STEP, data=fields).status_code == 404
    assert me(browser) is None


@pytest.mark.parametrize("vouched", [True, False])
def test_a_role_that_requires_one_is_content_with_the_providers(
    browser: FlaskClient, provider: OidcProvider, member: UUID, database: Database, configure: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch, vouched: bool,
) -> None:  # fmt: skip
    configure(campus(provider, **MFA))
    monkeypatch.setenv("GONGHUI_SECOND_FACTOR_ROLES", "officer")
    settings_module.reset()
    give_post(database, member, "officer")
    remembered.clear()
    provider.claims = {"employee_number": STAFF_NUMBER, "amr": ["mfa" if vouched else "pwd"]}
    signed_on(browser, provider)
    refused = browser.get("/api/v1/me/sessions")
    assert refused.status_code == (200 if vouched else 403)
    assert me(browser)["must_enrol_second_factor"] is not vouched


def test_cas_tells_it_by_an_attribute(browser: FlaskClient, secret: str, configure: Callable[..., None]) -> None:
    made = CasServer()
    with serving(made):
        configure(server(made, second_factor_claim="authnContext", second_factor_values=["mfa-duo"]))
        number = ("employeeNumber", STAFF_NUMBER)
        assert came_back(browser, made, [number]).headers["Location"].startswith(STEP)
        assert came_back(browser, made, [number, ("authnContext", "mfa-duo")]).headers["Location"] == "/start"


@pytest.mark.parametrize(
    "changes", [{"second_factor_claim": "amr"}, {"second_factor_values": ["mfa"]}, {**MFA, "second_factor_values": []}]
)
def test_half_a_setting_ends_the_start(
    provider: OidcProvider, configure: Callable[..., None], changes: dict[str, Any]
) -> None:
    configure(campus(provider, **changes))
    with pytest.raises(EnvError, match="second_factor"):
        providers()
