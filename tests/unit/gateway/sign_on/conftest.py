"""A provider, the app with its settings, a member with a staff number, a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.tables import KnownMember
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from tests.support.identity_providers import SECRET, OidcProvider, serving
from tests.unit.gateway.conftest import UNIT, FakeClient
from tests.unit.gateway.sign_on.walking import PUBLIC, STAFF_NUMBER, campus


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    made = OidcProvider()
    with serving(made):
        yield made


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`configure({...}, {...})` sets the identity providers."""

    def set_up(*rows: dict[str, Any]) -> None:
        monkeypatch.setenv("GONGHUI_PUBLIC_URL", PUBLIC)
        monkeypatch.setenv("CAMPUS_SECRET", SECRET)
        monkeypatch.setenv("GONGHUI_SIGN_ON_PROVIDERS", json.dumps(rows))
        settings_module.reset()

    return set_up


@pytest.fixture
def app(app_with_portal: Flask, configure: Callable[..., None], provider: OidcProvider) -> Flask:
    configure(campus(provider))
    return app_with_portal


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def member(database: Database, services: FakeClient) -> UUID:
    """A member of whom membership knows the staff number; no account."""
    member_id = uuid7()
    with transaction(database) as tx:
        tx.session.add(KnownMember(member_id=member_id, unit_id=UNIT, standing="active", number="M000012", sequence=1))

    def found(asked: dict[str, Any]) -> dict[str, Any]:
        return {"member_id": str(member_id) if asked["staff_number"] == STAFF_NUMBER else None}

    services.answers["membership.member_with_staff_number"] = found
    return member_id
