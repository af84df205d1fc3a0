"""Operations the gateway answers itself: bad input is refused alike by routes and by forms, never a defect."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient

from gateway import failed_events, programs
from gateway.http import browser_security
from gateway.http.routes import Route
from gateway.jobs import requests
from gateway.subjects import SUBJECTS
from services.chassis.database.engine import Database
from services.chassis.errors import InvalidInput, Problem
from services.contracts.failed_events import OF_SERVICE
from services.contracts.gateway import programs as program_contract
from services.contracts.jobs import JOBS_OF
from services.contracts.published_events import RECONCILIATION_OF
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.signing_in import SignIn

OWN = [route for route in SUBJECTS.routes if route.operation.service == "gateway"]
BAD = ("\x00", "\ud800", "x" * 5000, "١٢", "1e999999999", "-1", "null", "not-a-date", "2026-13-45T99:99:99Z")
_EVENTS, _COMPARED = OF_SERVICE["gateway"], RECONCILIATION_OF["gateway"]
ANSWERED: list[tuple[Callable[..., Any], Any]] = [
    *((failed_events.ask, operation) for operation in (_EVENTS.list, _EVENTS.get, _EVENTS.replay, _EVENTS.discard)),
    (failed_events.ask, _COMPARED.ask),
    *((requests.answer, operation) for operation in vars(JOBS_OF["gateway"]).values()),
    *(
        (programs.answer, operation)
        for operation in (
            program_contract.list_programs, program_contract.get_program, program_contract.create_program,
            program_contract.renew_program_secret, program_contract.revoke_program,
        )
    ),
]  # fmt: skip
ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
FORMS: list[tuple[str, dict[str, str]]] = [
    (f"/console/system/events/{ID}/replay", {"consumer": "gateway.nobody", "reason": "x" * 501}),
    (f"/console/system/events/{ID}/discard", {"consumer": "gateway.nobody"}),
    (f"/console/system/events/{ID}/discard", {"consumer": "gateway.nobody", "reason": "x"}),
    (f"/console/system/events/{ID}/discard", {"consumer": "nobody", "reason": "long enough"}),
    ("/console/system/programs/new", {}),
    ("/console/system/programs/new", {"username": "x y", "scopes": "members.write", "days": "-1"}),
    ("/console/system/programs/new", {"username": "x" * 300, "scopes": "members.read", "days": "1e9"}),
    (f"/console/system/programs/{ID}/secret", {"days": "0"}),
    (f"/console/system/programs/{ID}/secret", {"days": "99999999999999999999"}),
    (f"/console/system/programs/{ID}/revoke", {}),
    ("/console/accounts/slips", {"unit_id": "no-unit"}),
    ("/console/accounts/slips", {"member_id": "nobody"}),
    ("/console/accounts/slips/revoke", {"unit_id": "no-unit", "reason": "x"}),
    ("/console/accounts/slips/revoke", {}),
    (f"/console/jobs/{ID}/cancel", {}),
    (f"/console/jobs/{ID}/retry", {}),
    ("/me/password", {}),
    ("/me/password", {"current": "x", "new": "y" * 5000, "again": "y" * 5000}),
    ("/preferences/language", {"language": "xx"}),
    ("/sign-in", {"username": "x" * 5000}),
    ("/sign-in", {"username": "wang\x00", "password": "\x00"}),
    ("/me/password", {"current": "\x00", "new": "long enough \x00", "again": "long enough \x00"}),
    (
        "/open-account",
        {"number": "1\x00", "code": "1", "username": "abcd", "password": "a phrase", "again": "a phrase"},
    ),
    (f"/console/system/events/{ID}/discard", {"consumer": "gateway.\x00", "reason": "long enough"}),
    ("/console/members/cards", {"unit_id": "\x00"}),
    ("/open-account", {"number": "x" * 500, "code": "1", "username": "a", "password": "b", "again": "b"}),
]
PAGES = (
    "/console/system/events?service=gateway&state=nonsense",
    "/console/system/events?service=gateway&cursor=nonsense",
    f"/console/system/events/{ID}?consumer=gateway.",
    f"/console/system/events/{ID}?consumer=gateway.{'x' * 300}",
    "/console/system/programs?cursor=nonsense",
    f"/console/system/programs/{ID}",
    "/console/accounts?unit_id=nonsense&number=%00&state=x",
    "/console/accounts?cursor=nonsense",
    "/console/jobs?kind=nonsense&state=x",
    "/console/jobs?cursor=nonsense",
    f"/console/system/events/{ID}?consumer=gateway.%00",
    "/console/system/programs?cursor=%00",
)


@pytest.fixture(autouse=True)
def no_nul(database: Database) -> None:
    """As PostgreSQL's driver does, refuse a text with NUL."""

    def refuse(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if "\\x00" in repr(parameters):
            raise ValueError("A string literal cannot contain NUL (0x00) characters.")

    sa.event.listen(database.engine, "before_cursor_execute", refuse)


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    """The app as it is served: a search compares words with the names that rules have on pages."""
    return app_with_portal


@pytest.fixture
def site(app: Flask, services: FakeClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of the app with its pages; forms need no token."""
    services.answers["membership.list_cards"] = {"items": [], "next_cursor": None, "total": 0}
    monkeypatch.setattr(browser_security.csrf, "protect", lambda: None)
    return app.test_client()


@pytest.mark.parametrize(("answer", "operation"), ANSWERED, ids=[operation.name for _, operation in ANSWERED])
def test_whatever_is_wrong_is_refused_by_its_field(
    app: Flask, sign_in: SignIn, answer: Callable[..., Any], operation: Any
) -> None:
    headers = sign_in("officer", "ops").headers
    good = {"consumer": "gateway.nobody", "event_id": ID, "job_id": ID, "program_id": ID, "reason": "a reason"}
    known = {name: value for name, value in good.items() if name in operation.request_schema.fields}
    payloads: list[dict[str, Any]] = [{**known, "unknown_field": "x"}]
    payloads += [{**known, name: bad} for name in operation.request_schema.fields for bad in (*BAD, [], {}, 1e300)]
    refused = 0
    for payload in payloads:
        with app.test_request_context(headers=headers):
            g.correlation_id = "a-test"
            try:
                answer(operation, payload)
            except Problem as problem:
                refused += isinstance(problem, InvalidInput)
    assert refused


@pytest.mark.parametrize("route", OWN, ids=[f"{route.method} {route.path}" for route in OWN])
def test_a_route_answers_bad_input_with_a_problem(
    http: FlaskClient, services: FakeClient, sign_in: SignIn, route: Route
) -> None:
    services.answers["membership.list_cards"] = {"items": [], "next_cursor": None, "total": 0}
    headers = sign_in("officer", "ops", "chair").headers
    path = "/api/v1" + route.path.replace("<consumer>", "gateway.nobody")
    for name in route.path_names:
        path = path.replace(f"<uuid:{name}>", ID)
    for name in (*route.operation.request_schema.fields, "unknown_field"):
        for bad in BAD:
            send = partial(http.open, path, method=route.method, headers=headers)
            if route.reads_query:
                answer = send(query_string=urlencode({name: bad}, errors="surrogatepass"))
            else:
                answer = send(data=json.dumps({name: bad}), content_type="application/json")
            assert answer.status_code < 500, (name, bad, answer.get_data(as_text=True))


@pytest.mark.parametrize(("path", "filled"), FORMS)
def test_a_form_sent_past_the_browser_is_refused_in_words(
    site: FlaskClient, sign_in: SignIn, path: str, filled: dict[str, str]
) -> None:
    answer = site.post(path, data=filled, headers=sign_in("officer", "ops").headers)
    assert answer.status_code < 500, answer.get_data(as_text=True)[:2000]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_with_a_bad_address_is_no_defect(site: FlaskClient, sign_in: SignIn, path: str) -> None:
    answer = site.get(path, headers=sign_in("officer", "ops").headers)
    assert answer.status_code < 500, answer.get_data(as_text=True)[:2000]
