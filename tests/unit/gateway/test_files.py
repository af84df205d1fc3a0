"""Files over HTTP: taken as base64 or as a part, limited, handed out with their name; jobs hand out theirs."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.http.routes import Route, blueprint
from services.chassis import schema as vocabulary
from services.chassis.database.engine import Database
from services.chassis.schema import Schema, Text, command
from services.contracts.files import Content, FileContent, FileName, MediaType
from tests.unit.gateway.conftest import FakeClient, Person

SignIn = Callable[..., Person]
LARGEST = 2 * 1024 * 1024
JOB = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004"


class Picture(Schema):
    """A picture with a title."""

    title = Text(20, 1, required=True)
    name = FileName(required=True)
    media_type = MediaType(("image/png",), required=True)
    content = Content(LARGEST, required=True)


@pytest.fixture
def app(database: Database, services: FakeClient) -> Flask:
    """An app of its own, since a route is added to it."""
    return create_app(database, services, with_portal=False)


@pytest.fixture
def hanging(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """A route that takes a picture and hands it back."""
    monkeypatch.setattr(vocabulary, "OPERATIONS", dict(vocabulary.OPERATIONS))
    operation = command("membership", f"hang_{uuid4().hex[:8]}", request=Picture, reply=FileContent, allow=("officer",))
    routes = [Route("POST", "/hanging", operation, upload=LARGEST, download=True)]
    app.register_blueprint(blueprint("hanging", routes))
    return operation.id


def test_a_file_goes_as_base64_in_json(http: FlaskClient, sign_in: SignIn, services: FakeClient, hanging: str) -> None:
    services.answers[hanging] = lambda payload: {key: payload[key] for key in ("name", "media_type", "content")}
    content = base64.b64encode(b"x" * LARGEST).decode()
    body = {"title": "春", "name": "春.png", "media_type": "image/png", "content": content}

    response = http.post("/api/v1/hanging", json=body, headers=sign_in("officer").headers)

    assert response.status_code == 200
    assert response.data == b"x" * LARGEST
    assert response.mimetype == "image/png"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_goes_as_a_part_of_a_form(
    http: FlaskClient, sign_in: SignIn, services: FakeClient, hanging: str
) -> None:
    services.answers[hanging] = {"name": "a.png", "media_type": "image/png", "content": "eA=="}
    form = {"title": "spring", "file": (io.BytesIO(b"bytes"), "pictures/a.png", "image/png")}

    response = http.post("/api/v1/hanging", data=form, headers=sign_in("officer").headers)

    assert response.status_code == 200
    assert services.asked[0].payload == {
        "title": "spring", "name": "a.png", "media_type": "image/png", "content": base64.b64encode(b"bytes").decode()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": "!!"}, "content"),
        ({"content": ""}, "content"),
        ({"content": base64.b64encode(b"x" * (LARGEST + 1)).decode()}, "content"),
        ({"media_type": "text/html"}, "media_type"),
        ({"name": "../a.png"}, "name"),
    ],
)
def test_what_is_no_such_file_is_refused_by_field(
    http: FlaskClient, sign_in: SignIn, hanging: str, change: dict[str, str], field: str
) -> None:
    body = {"title": "春", "name": "a.png", "media_type": "image/png", "content": "eA=="} | change

    response = http.post("/api/v1/hanging", json=body, headers=sign_in("officer").headers)

    assert response.status_code == 422
    assert list(response.json["errors"]) == [field]


def test_a_form_without_its_file_is_refused(http: FlaskClient, sign_in: SignIn, hanging: str) -> None:
    form = {"title": "spring", "other": (io.BytesIO(b"x"), "a.png")}

    response = http.post("/api/v1/hanging", data=form, headers=sign_in("officer").headers)

    assert response.status_code == 422
    assert "file" in response.json["errors"]


def test_bodies_are_limited_by_what_their_route_takes(http: FlaskClient, sign_in: SignIn, hanging: str) -> None:
    officer = sign_in("officer").headers
    assert http.post("/api/v1/hanging", data=b"x" * 4 * LARGEST, headers=officer).status_code == 413
    assert http.post("/api/v1/membership/units", data=b"x" * LARGEST, headers=officer).status_code == 413


def test_a_job_hands_out_its_file(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["membership.read_job_file"] = {"name": "名册.xlsx", "media_type": "text/csv", "content": "YSxi"}

    response = http.get(f"/api/v1/membership/jobs/{JOB}/file?which=problems", headers=sign_in("officer").headers)

    assert response.data == b"a,b"
    assert "filename*=UTF-8''%E5%90%8D" in response.headers["Content-Disposition"]
    assert services.asked[0].payload == {"job_id": JOB, "which": "problems"}
