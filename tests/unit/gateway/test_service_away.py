"""A page asks a service that does not answer once, waits for a share of the RPC deadline, and shows the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from gateway.app import create_app
from gateway.runtime import Gateway, install
from services.chassis.database.engine import Database
from services.chassis.errors import DeadlineExceeded
from services.chassis.process.settings import reset, settings
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from tests.unit.gateway.conftest import FakeClient

AWAY = "这一部分暂时打不开"


ABSENT = ("welfare", "governance")


FIGURES = {
    "membership.member_figures": {"active": 3, "by_month": [{"month": "2026-11", "joined": 1, "left": 0}]},
    "membership.application_figures": {"submitted": 2, "unconfirmed": 1, "unit_reviewed": 0},
}


class WithoutSome(FakeClient):
    """Every service answers but the absent ones, whose deadlines pass."""

    def __init__(self) -> None:
        super().__init__(answers=dict(FIGURES))

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float | None = None
    ) -> dict[str, Any]:
        reply = super().call(operation, payload, context, deadline)
        if operation.service in ABSENT:
            raise DeadlineExceeded(f"{operation.service} did not answer.", params={"service": operation.service})
        return reply

    def waited_for(self, service: str) -> list[float]:
        """The seconds that calls of a service were given."""
        calls = (one for one in self.asked if one.operation.startswith(f"{service}."))
        return [settings().rpc_deadline if one.deadline is None else one.deadline for one in calls]


@pytest.fixture
def services() -> FakeClient:
    return WithoutSome()


@pytest.fixture
def portal(database: Database, services: FakeClient) -> Flask:
    """The app with its pages."""
    app = create_app(database, services)
    install(app, Gateway(client=services, database=database))
    return app


@pytest.mark.parametrize("path", ["/console", "/console/visits", "/console/birthdays", "/me/benefits", "/life-events"])
@pytest.mark.parametrize("deadline", [5.0, 60.0])
def test_a_service_that_is_away_is_waited_for_once_a_page(portal, services, sign_in, monkeypatch, path, deadline):
    monkeypatch.setenv("GONGHUI_RPC_DEADLINE", str(deadline))
    reset()
    somebody = portal.test_client()
    somebody.set_cookie("gonghui_session", sign_in("officer").token)

    page = somebody.get(path)

    assert page.status_code == 200
    assert AWAY in page.text
    assert len(services.waited_for("welfare")) == 1
    for service in ABSENT:
        waits = services.waited_for(service)
        assert len(waits) <= 1
        assert all(0 < seconds < deadline for seconds in waits)
