"""A gateway on each database, its teller, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from gateway.app import create_app, equip
from gateway.runtime import Gateway
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from tests.component.gateway.telling import Teller
from tests.unit.gateway.conftest import FakeClient, set_keys, sign_in, surroundings

__all__ = ["sign_in", "surroundings"]


@pytest.fixture(params=["postgresql", "sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "postgresql":
        make: Callable[..., str] = request.getfixturevalue("database_url")
        template: str = request.getfixturevalue("migrated_template")
        url = make("gateway", template=template)
    else:
        url = f"sqlite:///{tmp_path}/gateway.sqlite3"
        upgrade("gateway", url)
    database = Database(url, pool_size=5)
    yield database
    database.close()


@pytest.fixture(scope="module")
def migrated_template(database_url: Callable[..., str]) -> str:
    """A migrated database to copy, so that each test gets its own quickly."""
    url = database_url("gateway")
    upgrade("gateway", url)
    return url


@pytest.fixture
def services() -> FakeClient:
    return FakeClient(answers={"membership.names_of": _names})


def _names(payload: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"id": member_id, "name": "王新"} for member_id in payload["ids"]]}


@pytest.fixture(scope="session")
def bare_app() -> Flask:
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_keys(monkeypatch)
        return create_app(Database("sqlite://"), FakeClient(), with_portal=False)


@pytest.fixture
def app(bare_app: Flask, database: Database, services: FakeClient) -> Iterator[Flask]:
    equip(bare_app, Gateway(client=services, database=database))
    with bare_app.app_context():
        yield bare_app


@pytest.fixture
def teller(app: Flask, database: Database) -> Teller:
    return Teller(database)
