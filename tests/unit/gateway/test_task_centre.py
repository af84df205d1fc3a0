"""The task centre shows long work of every service that has some, and finds the owner of a job by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.http import browser_security
from services.chassis.errors import NotFound, Unavailable
from services.chassis.identifiers import uuid7
from services.contracts.jobs import JOBS_OF
from tests.unit.gateway.conftest import FakeClient, Person

REMOTE = [service for service in JOBS_OF if service != "gateway"]


@pytest.fixture
def app(app_with_portal: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(browser_security.csrf, "protect", lambda: None)
    return app_with_portal


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., Person]) -> FlaskClient:
    http = app.test_client()
    http.set_cookie("gonghui_session", sign_in("officer").token)
    return http


def job(kind: str, asked_at: str = "2026-03-01T04:00:00+00:00", **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()), "kind": kind, "state": "running", "total": 9, "done": 4, "problems": 0, "params": {},
        "result": None, "error": None, "cancelling": False, "has_file": False, "has_problem_file": False,
        "asked_by": "somebody", "asked_at": asked_at, "started_at": None, "ended_at": None, **changes,
    }  # fmt: skip


def answer_with(services: FakeClient, jobs: dict[str, dict[str, Any]], more: str | None = None) -> None:
    """Let each remote service answer for its one job, or for none."""
    for service in REMOTE:
        own = jobs.get(service)
        services.answers[f"{service}.list_jobs"] = {"items": [own] if own else [], "next_cursor": more}
        services.answers[f"{service}.get_job"] = own or NotFound("There is no such job.", rule="job_exists")
        services.answers[f"{service}.cancel_job"] = own or NotFound("There is no such job.", rule="job_exists")


def test_the_work_of_all_services_stands_together_latest_first(officer: FlaskClient, services: FakeClient) -> None:
    old, new = job("charge_dues", "2026-03-01T04:00:00+00:00"), job("read_roster", "2026-03-02T04:00:00+00:00")
    answer_with(services, {"membership": old, "welfare": new})
    page = officer.get("/console/jobs").text
    assert page.index("名册读取</a>") < page.index("计收会费</a>")
    assert f"/console/jobs/{new['id']}?service=welfare" in page


def test_a_service_that_is_away_is_named_and_the_others_are_shown(officer: FlaskClient, services: FakeClient) -> None:
    answer_with(services, {"membership": job("charge_dues")})
    services.answers["welfare.list_jobs"] = Unavailable("welfare is away")
    page = officer.get("/console/jobs").text
    assert "福利服务暂时没有回应" in page
    assert "计收会费</a>" in page


def test_one_service_is_listed_page_by_page(officer: FlaskClient, services: FakeClient) -> None:
    answer_with(services, {"membership": job("charge_dues")}, more="there")
    assert "/console/jobs?service=membership" in officer.get("/console/jobs").text
    services.asked.clear()
    page = officer.get("/console/jobs?service=membership&cursor=here").text
    assert "cursor=there" in page
    assert [(one.operation, one.payload["cursor"]) for one in services.asked] == [("membership.list_jobs", "here")]


@pytest.mark.parametrize("owner", REMOTE)
def test_a_job_is_found_at_its_owner(officer: FlaskClient, services: FakeClient, owner: str) -> None:
    own = job("charge_dues")
    answer_with(services, {owner: own})
    assert "计收会费" in officer.get(f"/console/jobs/{own['id']}").text
    services.asked.clear()
    stopped = officer.post(f"/console/jobs/{own['id']}/cancel?service={owner}")
    assert stopped.headers["Location"].endswith(f"/console/jobs/{own['id']}?service={owner}")
    assert [one.operation for one in services.asked] == [f"{owner}.cancel_job"]


def test_a_job_that_nobody_knows_is_not_found(officer: FlaskClient, services: FakeClient) -> None:
    answer_with(services, {})
    assert officer.get(f"/console/jobs/{uuid7()}").status_code == 404
    services.answers["membership.get_job"] = Unavailable("membership is away")
    assert officer.get(f"/console/jobs/{uuid7()}").status_code == 200
