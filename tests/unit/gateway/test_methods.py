"""HEAD is GET without its body, and only POST sends a form: every path of the gateway is tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

import gateway.subjects
from services.chassis.process import settings
from services.chassis.schema import OPERATIONS
from services.contracts.governance.secret_ballots import get_board
from tests.support.example_replies import empty_reply
from tests.unit.gateway.conftest import PASSWORD, FakeClient, Person
from tests.unit.gateway.signing_in import open_session

EVERY_ROLE = ("chair", "officer", "auditor", "ops")
WRONG = {"current": "a guess", "new": "another long password", "again": "another long password"}


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


def paths_of(app: Flask) -> list[str]:
    """Return one path for each rule, with ids that are nobody's."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<uuid:\w+>", str(UUID(int=1)), rule.rule)
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        found.add(re.sub(r"<[^>]*>", "2026-01", path))
    return sorted(found)


KEPT_LOOKS = {"activities.open_survey_answers", "governance.open_dismissal", "governance.open_dispute"}
"""Reading a case of mediation, a dismissal notice or answers by name keeps the look, by whatever method it is read."""


def test_head_is_answered_as_get_on_every_path_and_gives_no_command(
    app: Flask, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["governance.get_board"] = {**empty_reply(get_board.reply_schema), "head": {"entries": 0}}
    http = app.test_client()
    http.set_cookie("gonghui_session", sign_in(*EVERY_ROLE).token)
    for path in paths_of(app):
        got = http.get(path)
        services.asked.clear()
        asked = http.head(path, data=WRONG)
        assert asked.status_code == got.status_code, path
        assert asked.data == b"", path
        commands = [one.operation for one in services.asked if OPERATIONS[one.operation].kind == "command"]
        assert set(commands) <= KEPT_LOOKS, path


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE"])
def test_other_methods_that_need_no_form_key_do_nothing(
    app: Flask,
    services: FakeClient,
    sign_in: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    monkeypatch.setenv("GONGHUI_RATE_LIMIT", "off")
    settings.reset()
    http = app.test_client()
    http.set_cookie("gonghui_session", sign_in(*EVERY_ROLE).token)
    for path in paths_of(app):
        answer = http.open(path, method=method, data=WRONG)
        assert answer.status_code in (200, 400, 404, 405), path
    of_the_head = {"membership.names_of"}  # the name of the reader, on pages that say why not
    assert {one.operation for one in services.asked} <= of_the_head


def test_five_heads_with_the_cookie_lock_nobody_out(app: Flask, account: str) -> None:
    http: FlaskClient = app.test_client()
    http.set_cookie("gonghui_session", open_session(http).get_json()["token"])
    for _ in range(6):
        assert http.head("/me/password", data=WRONG).status_code == 200
    assert open_session(app.test_client(), password=PASSWORD).status_code == 201


@pytest.mark.parametrize("path", ["/sign-in", "/join", "/join/follow", "/favicon.ico", "/"])
def test_strangers_may_look_whether_a_page_is_there(app: Flask, path: str) -> None:
    assert app.test_client().head(path).status_code == 200


def test_no_path_is_offered_the_methods_of_another(app: Flask) -> None:
    """A word such as `missing` stands where another rule has a key, which has methods of its own."""
    own: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        own.setdefault(rule.rule, set()).update(rule.methods or ())
    http = app.test_client()
    for path in (path for path in own if "<" not in path):
        offered = http.options(path).headers["Allow"]
        assert set(offered.split(", ")) == own[path], path
    answer = http.delete("/api/v1/governance/rules/missing")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_pages_ask_for_post() -> None:
    """A view that asks for GET takes every other method for a form sent back."""
    pages = Path(gateway.subjects.__file__).parent.rglob("*.py")
    assert [page.name for page in pages if 'method == "GET"' in page.read_text("utf-8")] == []


def test_a_doubled_slash_leads_to_no_other_host(app: Flask) -> None:
    for path in ("/api/v1//me", "//sign-in", "/api//v1/me", "/console//members", "/sign-in/"):
        there = {"PATH_INFO": path, "HTTP_HOST": "elsewhere.example"}
        answer: Any = app.test_client().get("/", environ_overrides=there)
        assert answer.status_code in (200, 404), path
        assert "Location" not in answer.headers
