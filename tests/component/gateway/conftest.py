"""A gateway on each database, its gateway, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.app import create_app, equip
from gateway.runtime import Gateway
from services.chassis.database.engine import Database
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import FakeClient, app_with_portal, set_settings, sign_in, surroundings, whole_app

__all__ = ["app_with_portal", "sign_in", "surroundings", "whole_app"]


@pytest.fixture
def services() -> FakeClient:
    return FakeClient(answers={"membership.names_of": _names})


def _names(payload: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"id": member_id, "name": "王新"} for member_id in payload["ids"]]}


@pytest.fixture(scope="session")
def bare_app() -> Flask:
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_settings(monkeypatch)
        return create_app(Database("sqlite://"), FakeClient(), with_portal=False)


@pytest.fixture
def app(bare_app: Flask, database: Database, services: FakeClient) -> Iterator[Flask]:
    equip(bare_app, Gateway(client=services, database=database))
    with bare_app.app_context():
        yield bare_app


@pytest.fixture
def gateway(app: Flask, database: Database) -> GatewayHarness:
    return GatewayHarness(database)


@pytest.fixture
def counted(database: Database) -> Iterator[Callable[[], list[str]]]:
    """Return a function that returns the statements executed so far."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield lambda: seen
    sa.event.remove(database.engine, "before_cursor_execute", note)
