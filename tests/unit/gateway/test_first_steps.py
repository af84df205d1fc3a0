"""The first steps of a new union on its workbench: they tick themselves, can be hidden, and are gone when done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.read_models.tables import UnitView
from gateway.subjects.own.home import first_steps
from services.chassis.clock import today
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import UNIT, FakeClient, Person

FIGURES = {
    "membership.member_figures": {"active": 1, "by_month": [{"month": "2026-11", "joined": 1, "left": 0}]},
    "membership.application_figures": {"submitted": 0, "unconfirmed": 0, "unit_reviewed": 0},
    "welfare.visit_figures": {
        "open": 0, "due_today": 0, "overdue": 0, "made_this_year": 0, "in_time_this_year": 0,
        "by_month": [], "by_unit": [],
    },
    "governance.get_fund_summary": {
        "year": today().year, "budget": "0.00", "expense": "0.00", "committed": "0.00", "by_month": [],
        "refusals_open": 0, "reversals": 0,
    },
}  # fmt: skip
MISSING = {"items": [], "missing": ["benefit.birthday.cap"]}


@pytest.fixture
def services() -> FakeClient:
    rules = dict.fromkeys(
        (
            "membership.list_membership_rules", "welfare.list_welfare_rules", "governance.list_rules_in_force",
            "activities.list_activities_rules",
        ),
        MISSING,
    )  # fmt: skip
    return FakeClient(answers={**FIGURES, **rules})


@pytest.fixture
def officer(app_with_portal: Flask, sign_in: Callable[..., Person]) -> FlaskClient:
    somebody = app_with_portal.test_client()
    somebody.set_cookie("gonghui_session", sign_in("officer").token)
    return somebody


def steps(page: str) -> dict[str, bool]:
    """Whether each step that is shown is done, by its words."""
    found = re.findall(r'<li( class="done")?><svg.*?</svg><a href="[^"]+">([^<]+)</a>', page, re.DOTALL)
    return {words: bool(done) for done, words in found}


def test_a_new_union_sees_what_is_to_be_set_up(officer: FlaskClient) -> None:
    shown = steps(officer.get("/console").text)
    assert len(shown) == 8
    assert not any(shown.values())


def test_a_line_ticks_itself(officer: FlaskClient, database: Database, services: FakeClient) -> None:
    with transaction(database) as tx:
        facts = {"code": "01", "name": "文学院分工会", "kind": "unit", "active": True}
        tx.session.add(UnitView(unit_id=UNIT, sequence=1, **facts))
    plan: dict[str, Any] = {
        "id": str(uuid7()), "year": today().year, "title": "计划", "title_en": "Plan", "state": "published", "items": 0,
        "progress": 0, "late_by_state": {}, "by_state": {}, "by_part": {}, "published_at": None,
    }  # fmt: skip
    services.answers["governance.list_plans"] = {"items": [plan]}
    services.answers["governance.get_fund_summary"] = {**FIGURES["governance.get_fund_summary"], "budget": "5.00"}
    done = {words for words, is_done in steps(officer.get("/console").text).items() if is_done}
    assert {"建立分工会", "编制并发布年度计划", "编制年度预算"} <= done


def test_the_steps_are_hidden_on_demand_and_can_be_asked_for_again(officer: FlaskClient, services: FakeClient) -> None:
    page = officer.get("/console").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert officer.post("/console/first-steps/hide", data={"csrf_token": token[1]}).status_code == 303
    services.asked.clear()
    assert "开始使用" not in officer.get("/console").text
    assert "welfare.list_welfare_rules" not in {one.operation for one in services.asked}
    assert "开始使用" in officer.get(f"/console?steps={first_steps.SHOWN}").text


def test_they_are_an_officers(app_with_portal: Flask, sign_in: Callable[..., Person]) -> None:
    for role in ("chair", "auditor"):
        somebody = app_with_portal.test_client()
        somebody.set_cookie("gonghui_session", sign_in(role).token)
        assert "开始使用" not in somebody.get("/console").text
