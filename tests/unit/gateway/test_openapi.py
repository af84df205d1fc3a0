"""The OpenAPI document: valid, complete, and the same as what is served."""

from __future__ import annotations

import re
import time
from typing import Any

import eventlet
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_smorest import Blueprint
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.api_document import openapi_document
from gateway.http.openapi import make_api
from gateway.http.problems import MEDIA_TYPE
from gateway.subjects import SUBJECTS
from services.chassis.schema import ACCOUNT, PUBLIC, SYSTEM


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document()


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): described
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if method != "parameters"
    }


def test_it_is_valid_openapi_31(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_what_is_served_is_what_is_exported(http: FlaskClient, document: dict[str, Any]) -> None:
    response = http.get("/api/v1/openapi.json")
    assert response.get_json() == document
    again = http.get("/api/v1/openapi.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_nobody_waits_while_the_document_is_written_once() -> None:
    """The first request for it held the gateway for up to two seconds."""
    app, described, turns = Flask(__name__), [], []

    def take_long() -> Blueprint:
        described.append(1)
        ends = time.monotonic() + 0.5
        while time.monotonic() < ends:
            pass
        return Blueprint("toys", __name__, description="")

    def go_on() -> None:
        while True:
            turns.append(1)
            eventlet.sleep(0.01)

    make_api(app).describe_later(take_long)
    others = eventlet.spawn(go_on)
    asked = [eventlet.spawn(app.test_client().get, "/api/v1/openapi.json") for _ in range(3)]
    answers = [one.wait() for one in asked]
    others.kill()
    assert [one.status_code for one in answers] == [200] * 3
    assert len({one.headers["ETag"] for one in answers}) == len(described) == 1
    assert len(turns) > 10, "another request waited"


def test_every_path_served_under_the_api_is_described(app: Flask, document: dict[str, Any]) -> None:
    described = set(operations(document))
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if path.startswith("/api/v1/") and path != "/api/v1/openapi.json":
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert (method, path) in described


def test_every_operation_has_one_name_a_summary_and_its_problems(document: dict[str, Any]) -> None:
    described = operations(document)
    names = [operation["operationId"] for operation in described.values()]
    assert len(set(names)) == len(names)
    for place, operation in described.items():
        assert operation["summary"][-1] in ".?", place
        assert {"400", "404", "422", "429", "503", "504"} <= set(operation["responses"]), place
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == [MEDIA_TYPE], name


def test_who_may_ask_is_described(document: dict[str, Any]) -> None:
    described = operations(document)
    for route in SUBJECTS.routes:
        path = "/api/v1" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)
        operation = described[(route.method, path)]
        allow = route.operation.allow - {SYSTEM}
        assert ({} in operation["security"]) == (PUBLIC in allow)
        if not allow & {PUBLIC, ACCOUNT}:
            assert all(role in operation["description"] for role in allow)


def test_fields_of_the_path_are_not_in_the_body(document: dict[str, Any]) -> None:
    review = document["paths"]["/api/v1/membership/applications/{application_id}/review"]["post"]
    reference = review["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    body = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert set(body["properties"]) == {"decision", "reason", "version", "documents_seen"}
    assert body["additionalProperties"] is False


def test_amounts_travel_as_text_and_patterns_are_those_of_json_schema(document: dict[str, Any]) -> None:
    fee = document["components"]["schemas"]["activities.Activity"]["properties"]["fee"]
    assert fee["type"] == "string"
    for schema in document["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            assert r"\A" not in field.get("pattern", "")
            re.compile(field.get("pattern", ""))


def test_schemas_of_two_services_never_share_a_name(document: dict[str, Any]) -> None:
    names = list(document["components"]["schemas"])
    services = "membership|activities|welfare|governance|scrutiny|gateway"
    assert all(re.fullmatch(rf"({services})\.\w+", name) for name in names)
    assert not [name for name in names if name[-1].isdigit()]


def test_a_value_in_an_address_is_never_null(document: dict[str, Any]) -> None:
    for operation in operations(document).values():
        for parameter in operation["parameters"]:
            assert "null" not in str(parameter["schema"].get("type"))
            assert None not in parameter["schema"].get("enum", [])
