"""Signing on by an OpenID provider: who gets in, who has to say which account, and who gets none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.current import COOKIE
from gateway.identity.providers import linking
from gateway.identity.providers.attempts import Identity
from gateway.identity.tables import Account, ExternalIdentity, KnownMember
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from tests.support.identity_providers import OidcProvider, serving
from tests.unit.gateway.sign_on.walking import (
    STAFF_NUMBER,
    begun,
    campus,
    form_token,
    me,
    returned,
    signed_on,
)
from tests.unit.gateway.signing_in import PASSWORD


def test_the_vouched_staff_number_opens_the_members_account(
    browser: FlaskClient, provider: OidcProvider, member: UUID, database: Database
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER, "sid": "s1"}
    reply = signed_on(browser, provider, "Abc", next="/activities")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/activities")
    account = me(browser)
    assert (account["member_id"], account["username"]) == (str(member), "m000012")
    with database.session() as session:
        (identity,) = session.scalars(sa.select(ExternalIdentity))
        assert (identity.issuer, identity.subject) == (provider.url, "Abc")
        assert session.scalar(sa.select(Account.password_hash)) == ""
    # The next time the identity is known: membership is not asked, and another browser gets the same account.
    other = browser.application.test_client()
    provider.claims = {}
    assert signed_on(other, provider, "Abc").status_code == 303
    assert me(other)["account_id"] == account["account_id"]
    assert signed_on(browser.application.test_client(), provider, "aBC").headers["Location"] == "/link-identity"


def test_the_staff_number_may_stand_in_the_providers_record(
    browser: FlaskClient, provider: OidcProvider, member: UUID
) -> None:
    provider.person = {"sub": "abc", "employee_number": [STAFF_NUMBER]}
    signed_on(browser, provider)
    assert me(browser)["member_id"] == str(member)


def test_a_record_of_somebody_else_lets_nobody_in(browser: FlaskClient, provider: OidcProvider, member: UUID) -> None:
    provider.person = {"sub": "other", "employee_number": STAFF_NUMBER}
    assert signed_on(browser, provider).headers["Location"] == "/sign-in"
    assert me(browser) is None


@pytest.mark.parametrize("claims", [{}, {"employee_number": "T-unknown"}, {"employee_number": [STAFF_NUMBER, "T2"]}])
def test_somebody_unknown_gets_no_account(
    browser: FlaskClient, provider: OidcProvider, member: UUID, database: Database, claims: dict[str, Any]
) -> None:
    provider.claims = {**claims, "email": "wang@example.edu.cn", "email_verified": True, "name": "王新"}
    assert signed_on(browser, provider).headers["Location"] == "/link-identity"
    assert me(browser) is None
    page = browser.get("/link-identity").text
    assert "申请入会" in page
    assert "凭开通单开通" in page
    with database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0


def test_a_number_the_provider_does_not_vouch_for_links_nobody(
    browser: FlaskClient, provider: OidcProvider, member: UUID, configure: Callable[..., None]
) -> None:
    configure(campus(provider, staff_number_claim=None))
    provider.claims = {"employee_number": STAFF_NUMBER}
    assert signed_on(browser, provider).headers["Location"] == "/link-identity"
    assert me(browser) is None


def test_a_second_identity_with_the_same_number_is_not_linked(
    browser: FlaskClient, provider: OidcProvider, member: UUID
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    signed_on(browser, provider, "first")
    other = browser.application.test_client()
    assert signed_on(other, provider, "second").headers["Location"] == "/link-identity"


def test_a_member_who_left_is_let_in_nowhere(
    browser: FlaskClient, provider: OidcProvider, member: UUID, database: Database
) -> None:
    with transaction(database) as tx:
        tx.session.get_one(KnownMember, member).standing = "withdrawn"
    provider.claims = {"employee_number": STAFF_NUMBER}
    assert signed_on(browser, provider).headers["Location"] == "/link-identity"


def test_two_providers_with_one_subject_are_two_identities(
    browser: FlaskClient, provider: OidcProvider, member: UUID, configure: Callable[..., None]
) -> None:
    other = OidcProvider()
    with serving(other):
        configure(campus(provider), campus(other, key="other", staff_number_claim=None))
        provider.claims = other.claims = {"employee_number": STAFF_NUMBER}
        signed_on(browser, provider, "same")
        assert me(browser) is not None
        stranger = browser.application.test_client()
        back = other.approve(begun(stranger, "other"), "same")
        assert returned(stranger, back).headers["Location"] == "/link-identity"
        # A code of one provider, brought back as the other's, is refused.
        mixed = provider.approve(begun(stranger, "campus"), "same").replace("/campus/", "/other/")
        assert returned(stranger, mixed).headers["Location"] == "/sign-in"


def test_the_owner_links_an_identity_with_the_password(
    browser: FlaskClient, provider: OidcProvider, account: str
) -> None:
    signed_on(browser, provider, "mine")
    wrong_form = browser.post("/link-identity", data={"username": "wang", "password": PASSWORD})
    assert wrong_form.status_code == 400
    token = form_token(browser, "/link-identity")
    wrong = browser.post("/link-identity", data={"username": "wang", "password": "x" * 12, "csrf_token": token})
    assert wrong.status_code == 422
    assert me(browser) is None
    right = browser.post("/link-identity", data={"username": "wang", "password": PASSWORD, "csrf_token": token})
    assert right.status_code == 303
    assert me(browser)["username"] == "wang"
    news = browser.get("/messages").text
    assert "绑定了校园身份" in news
    (identity,) = browser.get("/api/v1/me/identities").get_json()["items"]
    assert (identity["provider"], identity["subject"]) == ("campus", "mine")


def test_unlinking_ends_what_the_identity_opened_elsewhere(
    browser: FlaskClient, provider: OidcProvider, account: str
) -> None:
    signed_on(browser, provider, "mine")
    token = form_token(browser, "/link-identity")
    browser.post("/link-identity", data={"username": "wang", "password": PASSWORD, "csrf_token": token})
    other = browser.application.test_client()
    signed_on(other, provider, "mine")
    assert me(other)["username"] == "wang"
    (identity,) = browser.get("/api/v1/me/identities").get_json()["items"]
    token = form_token(browser, "/me/settings")
    address = f"/me/identities/{identity['id']}/unlink"
    browser.post(address, data={"password": "x" * 12, "csrf_token": token})
    assert me(other) is not None
    browser.post(address, data={"password": PASSWORD, "csrf_token": token})
    assert me(other) is None
    assert me(browser) is not None
    assert "解除了校园身份的绑定" in browser.get("/messages").text


def test_two_sign_ons_at_the_same_moment_make_one_account(
    app: Flask, database: Database, member: UUID, provider: OidcProvider
) -> None:
    identity = Identity("campus", provider.url, "abc", STAFF_NUMBER)
    with app.test_request_context():
        made = {linking.link_by_staff_number(identity, member) for _ in range(2)}
    assert len(made) == 1
    assert None not in made


def test_an_identity_of_another_member_is_not_linked(
    browser: FlaskClient, provider: OidcProvider, account: str, member: UUID, database: Database
) -> None:
    with transaction(database) as tx:
        tx.session.get_one(KnownMember, member).standing = "withdrawn"
    provider.claims = {"employee_number": STAFF_NUMBER}
    signed_on(browser, provider)
    token = form_token(browser, "/link-identity")
    reply = browser.post("/link-identity", data={"username": "wang", "password": PASSWORD, "csrf_token": token})
    assert reply.status_code == 422
    assert "属于另一个账号" in reply.text


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere"]
)
def test_nobody_is_sent_to_another_host(browser: FlaskClient, provider: OidcProvider, member: UUID, away: str) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    reply = signed_on(browser, provider, next=away)
    assert urlsplit(reply.headers["Location"]).netloc == ""
    assert "elsewhere" not in reply.headers["Location"]


def test_an_unknown_provider_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/sign-on/nobody").status_code == 404
    assert browser.get("/sign-on/nobody/return").status_code == 404
    assert browser.post("/sign-on/nobody/logout").status_code == 404


def test_an_account_without_password_sets_one_after_signing_on(
    browser: FlaskClient, provider: OidcProvider, member: UUID
) -> None:
    provider.claims = {"employee_number": STAFF_NUMBER}
    signed_on(browser, provider)
    (identity,) = browser.get("/api/v1/me/identities").get_json()["items"]
    token = form_token(browser, "/me/settings")
    unlinked = f"/me/identities/{identity['id']}/unlink"
    browser.post(unlinked, data={"password": "", "csrf_token": token})
    assert len(browser.get("/api/v1/me/identities").get_json()["items"]) == 1
    new = {"new": "a-long-phrase-of-mine", "again": "a-long-phrase-of-mine", "csrf_token": token}
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert browser.post("/me/password", data=new).status_code == 422
    assert browser.post("/me/password", data=new).status_code == 303
    browser.post(unlinked, data={"password": new["new"], "csrf_token": token})
    assert browser.get("/api/v1/me/identities").get_json()["items"] == []
    local = browser.application.test_client()
    body = {"username": "m000012", "password": new["new"]}
    assert local.post("/api/v1/sessions", json=body).status_code == 201
    assert browser.get_cookie(COOKIE) is not None
