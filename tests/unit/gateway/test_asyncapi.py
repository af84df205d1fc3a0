"""The AsyncAPI document as it is served: with the servers of the installation it is asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from gateway.http import asyncapi
from services.chassis.process import settings as settings_module

EMBEDDED, REAL = "embedded://localhost/", "amqp://gateway:hush-hush@broker.internal/gonghui"


@pytest.fixture
def served(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict]:
    broker, public = request.param
    monkeypatch.setenv("GONGHUI_AMQP_URL", broker)
    monkeypatch.setenv("GONGHUI_PUBLIC_AMQP_URL", public)
    settings_module.reset()
    app = Flask("gateway")
    asyncapi.install(app)
    answer = app.test_client().get("/asyncapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert b"hush-hush" not in answer.data
    assert b"broker.internal" not in answer.data
    again = app.test_client().get("/asyncapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    yield json.loads(answer.data)
    settings_module.reset()


@pytest.mark.parametrize("served", [(REAL, "amqps://events.example.edu.cn:5671/gonghui")], indirect=True)
def test_the_public_address_of_the_broker_is_its_server(served: dict) -> None:
    (server,) = served["servers"].values()
    told = server["protocol"], server["host"], server["pathname"]
    assert told == ("amqps", "events.example.edu.cn:5671", "/gonghui")
    assert server["security"] == [{"$ref": "#/components/securitySchemes/brokerUser"}]
    assert "variables" not in server


@pytest.mark.parametrize("served", [(REAL, "")], indirect=True)
def test_without_one_the_servers_have_variables_and_tell_nothing_of_the_inside(served: dict) -> None:
    assert served["servers"] == asyncapi.servers_anywhere()


@pytest.mark.parametrize("served", [(EMBEDDED, "")], indirect=True)
def test_a_broker_within_the_process_is_no_server(served: dict) -> None:
    assert served["servers"] == {}
    assert served["channels"] == asyncapi.document()["channels"]
