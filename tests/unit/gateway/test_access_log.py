"""One line for each request, with its route and without anything that says who or what was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.chassis.process import logs
from tests.unit.gateway.signing_in import SignIn


def lines_of(printed: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, printed.splitlines()) if line["event"] == "access"]


def test_each_request_is_a_line_that_names_its_route_and_nobody(
    http: FlaskClient, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    person = sign_in()
    logs.configure("INFO")
    headers = {**person.headers, "X-Correlation-Id": "story-13812345678"}
    http.get(f"/api/v1/membership/members/{person.member_id}?q=wang", headers=headers)
    http.head("/healthz")
    http.get("/nowhere/wang")
    printed = capsys.readouterr().out
    member, head, nowhere = lines_of(printed)
    assert (member["method"], member["route"]) == ("GET", "/api/v1/membership/members/<uuid:member_id>")
    assert (head["method"], head["route"], head["status"]) == ("HEAD", "/healthz", 200)
    assert (nowhere["route"], nowhere["status"]) == ("unknown", 404)
    assert member["milliseconds"] >= 0
    assert len(member["correlation_id"]) >= 8
    for secret in (str(person.member_id), person.token, "wang", "127.0.0.1", "13812345678"):
        assert secret not in printed


def test_no_line_is_written_where_only_warnings_are_wanted(
    http: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("WARNING")
    http.get("/healthz")
    assert lines_of(capsys.readouterr().out) == []
