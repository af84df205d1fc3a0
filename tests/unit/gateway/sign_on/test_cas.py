"""Signing on by CAS 3: tickets that are good once, attributes as servers send them, single log-out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from gateway.identity.providers import metadata
from tests.support.identity_providers import CasServer, serving
from tests.unit.gateway.sign_on.walking import PUBLIC, STAFF_NUMBER, begun, form_token, me, returned, told


@pytest.fixture
def cas(configure: Callable[..., None], browser: FlaskClient) -> Iterator[CasServer]:
    made = CasServer()
    with serving(made):
        configure(server(made))
        yield made


def server(made: CasServer, **changes: Any) -> dict[str, Any]:
    row = {"key": "cas", "kind": "cas", "name": "CAS 认证", "address": f"{made.url}/cas"}
    return {**row, "staff_number_claim": "employeeNumber", **changes}


def came_back(browser: FlaskClient, cas: CasServer, attributes: list[tuple[str, str]], user: str = "wang.x") -> Any:
    return returned(browser, cas.approve(begun(browser, "cas"), user, attributes))


def ticket_of(address: str) -> str:
    return dict(parse_qsl(urlsplit(address).query))["ticket"]


def test_a_ticket_with_the_staff_number_signs_in(browser: FlaskClient, cas: CasServer, member: UUID) -> None:
    came_back(browser, cas, [("employeeNumber", STAFF_NUMBER), ("mail", "x@example.edu.cn"), ("mail", "y@example")])
    assert me(browser)["member_id"] == str(member)
    assert browser.get("/api/v1/me/sessions").get_json()["items"][0]["provider"] == "cas"


@pytest.mark.parametrize(
    "attributes",
    [
        [],
        [("employeeNumber", "")],
        [("employeeNumber", STAFF_NUMBER), ("employeeNumber", "T2")],
        [("employeeNumber", "x" * 40)],
        [("employeenumber", STAFF_NUMBER)],
    ],
)
def test_attributes_without_one_staff_number_link_nobody(
    browser: FlaskClient, cas: CasServer, member: UUID, attributes: list[tuple[str, str]]
) -> None:
    assert came_back(browser, cas, attributes).headers["Location"] == "/link-identity"
    assert me(browser) is None


def test_the_user_name_may_be_the_staff_number(
    browser: FlaskClient, cas: CasServer, member: UUID, configure: Callable[..., None]
) -> None:
    configure(server(cas, staff_number_claim="user"))
    came_back(browser, cas, [], user=STAFF_NUMBER)
    assert me(browser)["member_id"] == str(member)


def test_a_ticket_that_was_used_or_has_expired_is_refused(browser: FlaskClient, cas: CasServer, member: UUID) -> None:
    back = cas.approve(begun(browser, "cas"), "wang.x", [("employeeNumber", STAFF_NUMBER)])
    cas.tickets.clear()
    assert returned(browser, back).headers["Location"] == "/sign-in"
    assert me(browser) is None
    assert "已失效" in told(browser)


def test_a_ticket_made_for_another_service_or_browser_is_refused(
    browser: FlaskClient, cas: CasServer, member: UUID
) -> None:
    attributes = [("employeeNumber", STAFF_NUMBER)]
    foreign = cas.approve(f"{cas.url}/cas/login?service=https://elsewhere.example/", "wang.x", attributes)
    state = dict(parse_qsl(urlsplit(dict(parse_qsl(urlsplit(begun(browser, "cas")).query))["service"]).query))["state"]
    address = f"{PUBLIC}/sign-on/cas/return?state={state}&ticket={ticket_of('?' + foreign.partition('&')[2])}"
    assert returned(browser, address).headers["Location"] == "/sign-in"
    own = cas.approve(begun(browser, "cas"), "wang.x", attributes)
    stranger = browser.application.test_client()
    assert returned(stranger, own).headers["Location"] == "/sign-in"
    assert me(browser) is None
    assert me(stranger) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"yes\nwang\n",
        b"<html><body>login</body></html>",
        b'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"/>',
        b'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess/></cas:serviceResponse>',
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><cas:serviceResponse'
            b' xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>&e;</cas:user>'
            b"</cas:authenticationSuccess></cas:serviceResponse>"
        ),
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="gb18030"?><a/>',
        b"<a>" * 60_000,
        b" " * 300_000,
    ],
)
def test_nonsense_lets_nobody_in(browser: FlaskClient, cas: CasServer, member: UUID, body: bytes) -> None:
    cas.say("/cas/p3/serviceValidate", body=body, kind="application/xml")
    came_back(browser, cas, [("employeeNumber", STAFF_NUMBER)])
    assert me(browser) is None
    assert "应答无效" in told(browser)


def test_a_slow_server_is_given_up(
    browser: FlaskClient, cas: CasServer, member: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.identity.providers.cas.DEADLINE", 0.3)
    cas.be_slow("/cas/p3/serviceValidate", 3)
    came_back(browser, cas, [("employeeNumber", STAFF_NUMBER)])
    assert "没有应答" in told(browser)
    assert metadata.DEADLINE > 0.3


def test_the_server_ends_the_session_of_a_ticket(browser: FlaskClient, cas: CasServer, member: UUID) -> None:
    attributes = [("employeeNumber", STAFF_NUMBER)]
    back = cas.approve(begun(browser, "cas"), "wang.x", attributes)
    returned(browser, back)
    other = browser.application.test_client()
    came_back(other, cas, attributes)
    outside = browser.application.test_client()

    def announced(text: str) -> int:
        return int(outside.post("/sign-on/cas/return", data={"logoutRequest": text}).status_code)

    assert announced(cas.logout_request("ST-unknown")) == 204
    assert announced("<html/>") == 400
    assert announced('<!DOCTYPE x [<!ENTITY e "x">]><a>&e;</a>') == 400
    assert me(browser) is not None
    assert announced(cas.logout_request(ticket_of(back))) == 204
    assert me(browser) is None
    assert me(other) is not None


def test_signing_out_leads_to_the_server(browser: FlaskClient, cas: CasServer, member: UUID) -> None:
    came_back(browser, cas, [("employeeNumber", STAFF_NUMBER)])
    page = browser.post("/sign-out", data={"csrf_token": form_token(browser, "/me/settings")})
    assert page.status_code == 200
    assert f"{cas.url}/cas/logout?service=https%3A%2F%2Funion.example.edu.cn%2Fsigned-out" in page.text
    assert me(browser) is None
    assert browser.get("/signed-out").status_code == 200
