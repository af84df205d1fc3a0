"""Where the `dataschema` of an event points, and what stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema
import pytest
from flask import Flask

from gateway.http import event_schemas
from services.chassis.events.envelope import dataschema_of
from services.chassis.process import settings as settings_module
from services.contracts.catalogue import known_events

PUBLIC = "https://union.example.edu.cn"
NAME = "urn:gonghui:schema:membership:member_joined:v1"
PATH = "/schemas/membership/member_joined.v1.json"


@pytest.fixture(params=["", PUBLIC])
def public(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", request.param)
    settings_module.reset()
    event_schemas.bodies.cache_clear()
    yield request.param
    event_schemas.bodies.cache_clear()
    settings_module.reset()


@pytest.fixture
def client(public: str):
    app = Flask("gateway")
    event_schemas.install(app)
    return app.test_client()


def test_an_event_names_the_address_of_its_schema_where_one_is_set(public: str) -> None:
    assert dataschema_of("membership", "member_joined", 1) == (f"{PUBLIC}{PATH}" if public else NAME)


def test_the_schema_is_served_to_anybody_under_the_name_events_give_it(client, public: str) -> None:
    answer = client.get(PATH)

    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    schema = json.loads(answer.data)
    assert schema["$id"] == dataschema_of("membership", "member_joined", 1)
    jsonschema.Draft202012Validator.check_schema(schema)
    again = client.get(PATH, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_event_has_its_schema_there(client) -> None:
    for event in known_events():
        assert client.get(f"/schemas/{event.source}/{event.type}.v{event.version}.json").status_code == 200


@pytest.mark.parametrize("path", ["/schemas/membership/nothing.v1.json", "/schemas/x/../../etc/passwd.json"])
def test_what_is_no_schema_is_not_found(app, path: str) -> None:
    assert app.test_client().get(path).status_code == 404
