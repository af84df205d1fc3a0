"""Requests that HTTP itself can get wrong, sent to a running server: bodies, addresses, methods, tokens."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import requests

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.waiting import ANSWER

NOBODY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture
def officer(signed_in: Any) -> Api:
    """The officer."""
    return signed_in("officer")


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_ten_megabytes_are_turned_away(officer, chunked):
    body = b'{"title": "' + b"x" * TEN_MEGABYTES + b'"}'
    data = (body[start : start + 65536] for start in range(0, len(body), 65536)) if chunked else body
    answer = officer.send("POST", "/activities", data=data, headers={"Content-Type": "application/json"})
    assert problem(answer, 413)["params"]["limit"] < TEN_MEGABYTES


def test_a_body_in_chunks_is_read_like_any_other(officer):
    parts = iter([b'{"title": 5, ', b'"colour": 1}'])
    answer = officer.send("POST", "/activities", data=parts, headers={"Content-Type": "application/json"})
    assert {"title", "colour"} <= problem(answer, 422)["errors"].keys()


def test_a_broken_chunk_breaks_nothing(union, officer):
    host, port = union.url.removeprefix("http://").split(":")
    head = f"POST /api/v1/activities HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    head += f"Authorization: {officer.http.headers['Authorization']}\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=ANSWER) as link:
        link.sendall(head.encode() + b"zz\r\n{}\r\n0\r\n\r\n")
        assert link.recv(20).startswith(b"HTTP/1.1 400")
    assert officer.get("/me")


@pytest.mark.parametrize("bad", ["1", "not-a-uuid", NOBODY[:-1], "%00", "%ff", "..%2f..", "x" * 3000])
def test_an_address_with_no_identifier_in_it_leads_nowhere(officer, bad):
    problem(officer.send("GET", f"/activities/{bad}"), 404)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_a_method_not_offered_is_named_with_those_that_are(officer, method):
    answer = officer.send(method, "/activities")
    assert problem(answer, 405)["code"] == "method_not_allowed"
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer " + "x" * 43, "Basic b2ZmaWNlcjp4", "Bearer " + "x" * 5000, "\u00e9"]
)
def test_a_token_that_is_none_opens_nothing_not_even_what_is_public(union, header):
    for path in ("/me", "/membership/units"):
        answer = requests.get(
            f"{union.url}/api/v1{path}", headers={"Authorization": header.encode("latin-1")}, timeout=ANSWER
        )
        told = problem(answer, 401, field="Authorization", rule="token_is_valid")
        assert told["code"] == "token_invalid"
