"""What happens between HTTP and RPC: payloads, keys, versions, pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.subjects import SUBJECTS
from services.chassis.schema import OPERATIONS, SYSTEM
from tests.unit.gateway.conftest import FakeClient, Person

APPLICATION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004"
SignIn = Callable[..., Person]

ALL_ROUTES = SUBJECTS.routes


def test_path_and_body_together_are_the_payload(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.review_application"] = {"id": APPLICATION, "version": 3}
    chair = sign_in("chair")
    response = http.post(
        f"/api/v1/membership/applications/{APPLICATION}/review", json={"decision": "accept"}, headers=chair.headers
    )
    assert response.status_code == 200
    asked = services.asked[0]
    assert asked.payload == {"application_id": APPLICATION, "decision": "accept"}
    assert asked.context.principal.account_id == chair.account_id
    assert asked.context.principal.has("chair")


def test_a_query_reaches_the_service_as_typed_values(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    http.get("/api/v1/membership/members?limit=5&with_total=true&standing=active", headers=sign_in("officer").headers)
    payload = services.asked[0].payload
    assert payload["limit"] == 5
    assert payload["with_total"] is True
    assert payload["standing"] == "active"
    assert "unit_id" not in payload


def test_a_number_in_the_path_is_a_number(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    http.get("/api/v1/governance/plan/2023/items?month=3", headers=sign_in("member").headers)
    assert services.asked[0].payload == {"year": 2023, "month": 3, "limit": 20, "late": False}


def test_a_new_resource_tells_where_it_stands(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.create_unit"] = {"id": APPLICATION, "version": 1}
    body = {"code": "99", "name": "新单位", "kind": "unit"}
    response = http.post("/api/v1/membership/units", json=body, headers=sign_in("officer").headers)
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/membership/units/{APPLICATION}"


def test_an_idempotency_key_goes_with_a_command(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.withdraw_application"] = {"id": APPLICATION, "version": 2}
    headers = {**sign_in().headers, "Idempotency-Key": "once-and-for-all"}
    http.post(f"/api/v1/membership/applications/{APPLICATION}/withdraw", headers=headers)
    assert services.asked[0].context.idempotency_key == "once-and-for-all"


def test_a_query_never_carries_an_idempotency_key(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    http.get("/api/v1/welfare/visits", headers={**sign_in("officer").headers, "Idempotency-Key": "k"})
    assert services.asked[0].context.idempotency_key is None


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 101, "\t"])
def test_an_idempotency_key_of_the_wrong_form_is_refused(http: FlaskClient, sign_in: SignIn, key: str) -> None:
    headers = {**sign_in().headers, "Idempotency-Key": key}
    response = http.post(f"/api/v1/membership/applications/{APPLICATION}/withdraw", headers=headers)
    assert response.status_code == 422
    assert "Idempotency-Key" in response.get_json()["errors"]


def test_an_answer_at_hand_is_not_sent_again(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.get_application"] = {"id": APPLICATION, "version": 4}
    chair = sign_in("chair")
    path = f"/api/v1/membership/applications/{APPLICATION}"
    first = http.get(path, headers=chair.headers)
    assert first.headers["ETag"].startswith('"v4-')
    again = http.get(path, headers={**chair.headers, "If-None-Match": f'W/"other", {first.headers["ETag"]}'})
    assert (again.status_code, again.data) == (304, b"")
    services.answers["membership.get_application"] = {"id": APPLICATION, "version": 5}
    changed = http.get(path, headers={**chair.headers, "If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_if_match_becomes_the_version_to_change(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.approve_application"] = {"id": APPLICATION, "version": 5}
    headers = {**sign_in("officer").headers, "If-Match": '"v4-0123456789abcdef"'}
    http.post(f"/api/v1/membership/applications/{APPLICATION}/approve", headers=headers)
    assert services.asked[0].payload["version"] == 4


@pytest.mark.parametrize(
    ("header", "body"),
    [('"0123456789abcdef"', {}), ("nonsense", {}), ('"v4-0123456789abcdef"', {"version": 3})],
)
def test_if_match_that_names_no_version_or_another_is_refused(
    http: FlaskClient, sign_in: SignIn, header: str, body: dict[str, Any]
) -> None:
    headers = {**sign_in("officer").headers, "If-Match": header}
    response = http.post(f"/api/v1/membership/applications/{APPLICATION}/approve", json=body, headers=headers)
    assert response.status_code == 422
    assert response.get_json()["field"] == "If-Match"


def test_a_page_links_to_the_next(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.list_members"] = {"items": [], "next_cursor": "a+b/c=", "total": None}
    response = http.get("/api/v1/membership/members?limit=5&q=陈", headers=sign_in("officer").headers)
    link = response.headers["Link"]
    assert link.endswith('>; rel="next"')
    following = http.get(link[1 : link.index(">")], headers=sign_in("officer").headers)
    assert following.status_code == 200
    assert services.asked[1].payload == {"limit": 5, "q": "陈", "cursor": "a+b/c=", "sort": "name", "with_total": False}


def test_every_answer_says_what_a_browser_may_do_with_it(http: FlaskClient) -> None:
    headers = http.get("/healthz").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_every_operation_for_people_has_a_route() -> None:
    for_services_only = {
        "activities.read_certificate_code",
        "activities.read_check_in_code",
        "activities.read_place_code",
        "activities.register_batch",
        "activities.check_registrations",
        "membership.names_of",
        "membership.read_card",
        "welfare.read_goods_code",
        "membership.birthdays",
        "governance.verify_ledger_part",
    }
    routed = {route.operation.id for route in ALL_ROUTES}
    wanted = {
        operation.id
        for operation in OPERATIONS.values()
        if operation.allow != {SYSTEM}
        and operation.service in ("membership", "activities", "welfare", "governance", "scrutiny")
    }
    assert wanted - for_services_only <= routed


def test_no_two_routes_share_method_and_path() -> None:
    places = [(route.method, route.path) for route in ALL_ROUTES]
    assert len(set(places)) == len(places)


def test_queries_are_read_with_get_and_commands_never_are() -> None:
    # A receipt code or a scanned one must not stand in an address; who goes to which part does not fit into one.
    takes_a_body = {
        "follow_application", "preview_split", "count_audience", "draft_rule_change", "preview_rule_change",
        "read_code", "read_code_photo", "members_by_number", "check_care_list", "count_electorate",
    }  # fmt: skip
    for route in ALL_ROUTES:
        is_read = route.operation.kind == "query" and route.operation.name not in takes_a_body
        assert (route.method == "GET") == is_read, route.path


def test_a_path_names_only_fields_of_its_request() -> None:
    for route in ALL_ROUTES:
        unknown = set(route.path_names) - set(route.operation.request_schema.fields)
        assert not unknown, route.path


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/sessions"),
        ("POST", "/api/v1/membership/applications"),
        ("POST", "/api/v1/membership/applications/<uuid:application_id>/review"),
        ("POST", "/api/v1/membership/applications/<uuid:application_id>/approve"),
        ("GET", "/api/v1/membership/members"),
        ("GET", "/api/v1/activities"),
        ("POST", "/api/v1/activities"),
        ("POST", "/api/v1/activities/<uuid:activity_id>/registrations"),
        ("DELETE", "/api/v1/activities/<uuid:activity_id>/registrations"),
        ("POST", "/api/v1/welfare/life-events"),
        ("GET", "/api/v1/welfare/visits"),
        ("POST", "/api/v1/welfare/visits/<uuid:visit_id>/complete"),
        ("GET", "/api/v1/governance/plan/<int:year>/items"),
        ("GET", "/api/v1/governance/funds/entries"),
        ("GET", "/api/v1/me/home"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/healthz"),
    ],
)
def test_a_promised_path_is_served(app: Flask, method: str, path: str) -> None:
    assert any(rule.rule == path and method in (rule.methods or ()) for rule in app.url_map.iter_rules())


@pytest.mark.parametrize("year", ["\u0662\u0660\u0662\u0666", "\uff12\uff10\uff12\uff16"])
def test_an_address_holds_digits_from_0_to_9(http: FlaskClient, sign_in: SignIn, year: str) -> None:
    headers = sign_in("officer").headers
    assert http.get(f"/api/v1/governance/plan/{year}", headers=headers).status_code == 404
    assert http.get("/api/v1/governance/plan/2026", headers=headers).status_code == 200


def test_a_blank_text_is_refused_at_its_field(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    path = f"/api/v1/membership/members/{APPLICATION}/unmask"
    response = http.post(path, json={"field": "phone", "purpose": "\u3000\u200b"}, headers=sign_in("officer").headers)
    assert (response.status_code, services.asked) == (422, [])
    assert (response.json["rule"], list(response.json["errors"])) == ("text.is_not_blank", ["purpose"])
