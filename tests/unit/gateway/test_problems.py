"""Bad input ends in a problem that names field and rule, never in a defect."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.http.problems import KINDS, kind_of
from services.chassis import errors
from tests.unit.gateway.conftest import FakeClient, Person

ACTIVITY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f00aa"
SignIn = Callable[..., Person]


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.data
    assert response.mimetype == "application/problem+json"
    document = json.loads(response.data)
    assert document["status"] == status
    assert document["correlation_id"]
    assert document["type"].startswith("/api/v1/problems/")
    return document


def test_every_error_class_of_the_chassis_has_a_row_with_its_own_status() -> None:
    classes = [errors.InvalidInput, errors.NotSignedIn, errors.NotAllowed, errors.NotFound, errors.Conflict]
    classes += [errors.Refused, errors.NoRuleInForce, errors.PreconditionFailed, errors.TooMany]
    classes += [errors.Unavailable, errors.DeadlineExceeded, errors.Defect]
    for error_class in classes:
        assert kind_of(error_class("Why.")).status == error_class.status, error_class


def test_no_two_kinds_share_a_name() -> None:
    assert len({kind.slug for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "slug"),
    [
        (b"{", "application/json", 400, "malformed_request"),
        (b"\xff\xfe", "application/json", 400, "malformed_request"),
        (b'{"title": NaN}', "application/json", 400, "malformed_request"),
        (b'{"title": "\\u0000"}', "application/json", 400, "malformed_request"),
        (b'{"title": "\\ud800"}', "application/json", 400, "malformed_request"),
        (b"[" * 100_000, "application/json", 400, "malformed_request"),
        (b"[1]", "application/json", 422, "invalid_input"),
        (b'"text"', "application/json", 422, "invalid_input"),
        (b"title=x", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"<a/>", "text/xml", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_is_not_a_json_object_is_refused(
    http: FlaskClient, sign_in: SignIn, body: bytes, content_type: str, status: int, slug: str
) -> None:
    officer = sign_in("officer")
    response = http.post("/api/v1/activities", data=body, content_type=content_type, headers=officer.headers)
    assert problem_of(response, status)["type"].endswith(slug)


def test_a_body_of_ten_megabytes_is_turned_away_unread(
    http: FlaskClient, sign_in: SignIn, services: FakeClient
) -> None:
    body = json.dumps({"title": "x" * 10_000_000})
    response = http.post(
        "/api/v1/activities", data=body, content_type="application/json", headers=sign_in("officer").headers
    )
    assert problem_of(response, 413)["params"] == {"limit": 1_048_576}
    assert services.asked == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"title": 7}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"kind": "party"}, "kind"),
        ({"capacity": "many"}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10**30}, "capacity"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"audience": {"units": ["x"]}}, "audience.units.0"),
        ({"fee": "1e400"}, "fee"),
        ({"fee": "free"}, "fee"),
        ({"title": None}, "title"),
    ],
)
def test_a_field_at_fault_is_named(
    http: FlaskClient, sign_in: SignIn, services: FakeClient, change: dict[str, Any], field: str
) -> None:
    good = {
        "title": "Choir",
        "kind": "choir",
        "starts_at": "2026-12-01T06:00:00+00:00",
        "ends_at": "2026-12-01T08:00:00+00:00",
    }
    response = http.post("/api/v1/activities", json={**good, **change}, headers=sign_in("officer").headers)
    assert field in problem_of(response, 422)["errors"]
    assert services.asked == []


def test_a_field_that_stands_in_the_path_is_unknown_in_the_body(http: FlaskClient, sign_in: SignIn) -> None:
    body = {"activity_id": ACTIVITY, "reason": "Rain all day."}
    response = http.post(f"/api/v1/activities/{ACTIVITY}/cancel", json=body, headers=sign_in("officer").headers)
    assert problem_of(response, 422)["errors"] == {"activity_id": ["Unknown field."]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"),
        ("q=%00", "q"),
        ("state=lost", "state"),
        ("cursor=tampered", "cursor"),
        ("starts_from=yesterday", "starts_from"),
    ],
)
def test_a_query_at_fault_is_named(http: FlaskClient, sign_in: SignIn, query: str, field: str) -> None:
    response = http.get(f"/api/v1/activities?{query}", headers=sign_in("member").headers)
    assert field in problem_of(response, 422)["errors"]


def test_nobody_signed_in_is_told_to_sign_in(http: FlaskClient) -> None:
    response = http.get("/api/v1/membership/members")
    assert problem_of(response, 401)["rule"] == "signed_in"
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_role_learns_which_roles_may(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    response = http.get("/api/v1/membership/members", headers=sign_in().headers)
    problem = problem_of(response, 403)
    assert problem["rule"] == "role_allows"
    assert problem["params"]["roles"] == ["auditor", "chair", "officer"]
    assert services.asked == []


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/activities/not-an-id", "/nothing"])
def test_a_path_that_leads_nowhere_is_not_found(http: FlaskClient, path: str) -> None:
    assert problem_of(http.get(path), 404)["type"].endswith("not_found")


def test_the_address_in_a_problem_is_an_address(http: FlaskClient) -> None:
    assert problem_of(http.get("/api/v1/活动/a b"), 404)["instance"] == "/api/v1/%E6%B4%BB%E5%8A%A8/a%20b"


def test_a_method_not_offered_names_those_that_are(http: FlaskClient) -> None:
    response = http.put("/api/v1/activities", json={})
    problem_of(response, 405)
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (errors.Refused("Full.", rule="seats_left", params={"legal": ["cancel"]}), 409, {"rule": "seats_left"}),
        (errors.NoRuleInForce("No rule in force for x on y."), 409, {"code": "no_rule_in_force"}),
        (errors.PreconditionFailed("Changed.", field="version"), 412, {"field": "version"}),
        (errors.NotFound("No such thing."), 404, {}),
        (errors.DeadlineExceeded("welfare did not answer in time."), 504, {"code": "deadline_exceeded"}),
        (errors.Unavailable("Away.", params={"service": "welfare"}), 503, {"params": {"service": "welfare"}}),
        (errors.Defect("Broken."), 500, {"code": "defect"}),
    ],
)
def test_what_a_service_says_becomes_a_problem(
    http: FlaskClient, sign_in: SignIn, services: FakeClient, error: errors.Problem, status: int, told: dict[str, Any]
) -> None:
    services.answers["welfare.list_visits"] = error
    response = http.get("/api/v1/welfare/visits", headers=sign_in("officer").headers)
    problem = problem_of(response, status)
    assert told.items() <= problem.items()
    assert problem["detail"] == error.detail


def test_nested_errors_of_a_service_become_one_level(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["welfare.list_visits"] = errors.InvalidInput(errors={"rows": {0: {"name": ["Too long."]}}})
    response = http.get("/api/v1/welfare/visits", headers=sign_in("officer").headers)
    assert problem_of(response, 422)["errors"] == {"rows.0.name": ["Too long."]}


def test_a_defect_tells_only_its_correlation_id(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["welfare.list_visits"] = ZeroDivisionError("secret figures")
    response = http.get("/api/v1/welfare/visits", headers=sign_in("officer").headers)
    problem = problem_of(response, 500)
    assert "secret" not in json.dumps(problem)
    assert response.headers["X-Correlation-Id"] == problem["correlation_id"]


def test_a_callers_correlation_id_goes_with_the_call(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    headers = {**sign_in("officer").headers, "X-Correlation-Id": "story-0001"}
    response = http.get("/api/v1/welfare/visits", headers=headers)
    assert response.headers["X-Correlation-Id"] == "story-0001"
    assert services.asked[0].context.correlation_id == "story-0001"


@pytest.mark.parametrize("given", ["x", "a b c d e f g h", "é" * 10, "x" * 65])
def test_a_correlation_id_of_the_wrong_form_is_replaced(http: FlaskClient, given: str) -> None:
    response = http.get("/healthz", headers={"X-Correlation-Id": given.encode().decode("latin-1")})
    assert response.headers["X-Correlation-Id"] != given


def test_every_kind_of_problem_can_be_looked_up(http: FlaskClient) -> None:
    for kind in KINDS:
        found = http.get(f"/api/v1/problems/{kind.slug}").get_json()
        assert found == {"type": f"/api/v1/problems/{kind.slug}", "title": kind.title, "status": kind.status}
    problem_of(http.get("/api/v1/problems/unheard-of"), 404)
