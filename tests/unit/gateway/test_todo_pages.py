"""The pages of to-dos: by kind, about whom each is, the next one after a decision, many approved together."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.tables import KnownMember
from gateway.read_models.tables import TodoView
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import Unavailable
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import UNIT, FakeClient, Person

APPLICATIONS = "membership.list_applications"


@pytest.fixture
def open_todos(database: Database) -> Callable[..., list[UUID]]:
    """`open_todos("application_approval", 3)` opens entries of a kind, the oldest first."""

    def make(kind: str, count: int, *, role: str = "officer", due_at: datetime | None = None) -> list[UUID]:
        subjects = [uuid7() for _ in range(count)]
        with transaction(database) as tx:
            for place, subject_id in enumerate(subjects):
                opened = tx.now - timedelta(days=count - place)
                tx.session.add(
                    TodoView(
                        key=f"{kind}:{subject_id}", id=uuid7(), kind=kind, subject_id=subject_id, role=role,
                        unit_id=UNIT, due_at=due_at, sort_at=due_at or opened, params={}, sequence=1,
                    )
                )  # fmt: skip
        return subjects

    return make


@pytest.fixture
def officer(app_with_portal: Flask, sign_in: Callable[..., Person]) -> FlaskClient:
    somebody = app_with_portal.test_client()
    somebody.set_cookie("gonghui_session", sign_in("officer").token)
    return somebody


def row(subject_id: UUID, name: str = "林晓雨", state: str = "unit_reviewed") -> dict[str, Any]:
    return {"id": str(subject_id), "name": name, "state": state, "unit_id": str(UNIT), "employment": "contract",
            "gender": "female", "hired_on": "2026-09-01", "submitted_at": clock.now().isoformat()}  # fmt: skip


def approve(officer: FlaskClient, **form: Any) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', officer.get("/todos").text)
    assert token is not None
    answer = officer.post("/console/applications/approve", data={"csrf_token": token[1], **form})
    assert answer.status_code == 200
    return answer.text


def listed(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(rows), "next_cursor": None, "total": None}


def test_entries_stand_by_kind_with_their_number_and_what_is_due_first(officer, open_todos):
    open_todos("application_approval", 7)
    open_todos("visit_escalated", 2, due_at=clock.now() - timedelta(days=3))
    page = officer.get("/todos").text
    assert page.index("逾期走访待处理") < page.index("批准入会申请")
    assert "2 项逾期" in page
    assert page.count("逾期 3 天") == 2
    assert page.count('name="application_ids"') == 5
    assert 'href="/todos?kind=application_approval"' in page
    assert officer.get("/todos?kind=application_approval").text.count('name="application_ids"') == 7


def test_each_entry_says_whom_it_is_about_after_one_query_for_all(officer, services: FakeClient, open_todos):
    subjects = open_todos("application_approval", 3)
    services.answers[APPLICATIONS] = listed(*(row(one, f"林晓{place}") for place, one in enumerate(subjects)))
    page = officer.get("/todos").text
    asked = [one for one in services.asked if one.operation == APPLICATIONS]
    assert [set(one.payload["ids"]) for one in asked] == [{str(one) for one in subjects}]
    for place in range(3):
        assert f"林晓{place}" in page
    assert "3 天前" in page


def test_entries_stand_without_names_while_the_service_is_away(officer, services: FakeClient, open_todos):
    open_todos("application_approval", 1)
    services.answers[APPLICATIONS] = Unavailable("away")
    page = officer.get("/todos")
    assert page.status_code == 200
    assert "批准入会申请" in page.text


def test_who_may_not_ask_about_a_subject_is_told_the_kind_alone(app_with_portal, services, sign_in, open_todos):
    open_todos("transfer_release", 1, role="chair")
    chair = app_with_portal.test_client()
    chair.set_cookie("gonghui_session", sign_in("chair").token)
    assert "办理转会：同意调出" in chair.get("/todos").text
    assert {one.operation for one in services.asked} <= {"membership.list_transfers", "membership.names_of"}


def test_programs_read_the_entries_of_one_kind(app_with_portal, sign_in, open_todos):
    open_todos("application_approval", 2)
    open_todos("correction", 1)
    http, headers = app_with_portal.test_client(), sign_in("officer").headers
    found = http.get("/api/v1/me/todos?kind=correction", headers=headers).get_json()
    assert ([one["kind"] for one in found["items"]], found["total"]) == (["correction"], 1)
    assert http.get("/api/v1/me/todos", headers=headers).get_json()["total"] == 3
    assert http.get("/api/v1/me/todos?kind=unknown", headers=headers).status_code == 422


def test_the_page_of_an_item_leads_to_the_next_and_at_the_end_to_the_first(officer, services, open_todos):
    first, second, third = open_todos("application_approval", 3)
    services.answers["membership.get_application"] = lambda asked: {
        **row(UUID(asked["application_id"])), "actions": [], "files": [], "consents": [], "steps": [], "terms": None,
    }  # fmt: skip
    for here, following in ((first, second), (second, third), (third, first)):
        page = officer.get(f"/console/applications/{here}").text
        assert re.search(rf'class="btn btn-primary btn-sm" href="/console/applications/{following}"', page)
        assert "还有 2 项同类待办" in page


def test_nothing_is_approved_before_the_list_of_what_will_happen_was_seen(officer, services, open_todos):
    ready, gone = open_todos("application_approval", 2)
    services.answers[APPLICATIONS] = listed(row(ready), row(gone, "陈立", "approved"))
    page = approve(officer, application_ids=[str(ready), str(gone)])
    assert "批准 1 份入会申请" in page
    assert "有的申请已不在待批准状态" in page
    assert re.findall(r'name="application_ids" value="([^"]+)"', page) == [str(ready)]
    assert "membership.approve_applications" not in {one.operation for one in services.asked}


def test_each_of_many_is_told_what_became_of_it_and_refusals_their_reason(officer, services, open_todos):
    ready, other = open_todos("application_approval", 2)
    services.answers[APPLICATIONS] = listed(row(ready), row(other, "陈立"))
    services.answers["membership.approve_applications"] = {
        "approved": 1, "refused": 1, "items": [
            {"application_id": str(ready), "outcome": "approved", "member_id": str(uuid7()), "number": "M000042"},
            {"application_id": str(other), "outcome": "refused", "detail": "Somebody else decided meanwhile."},
        ],
    }  # fmt: skip
    page = approve(officer, application_ids=[str(ready), str(other)], confirmed="1", once="k1", back="/console")
    assert "已批准 1 份申请" in page
    assert "M000042" in page
    assert "Somebody else decided meanwhile." in page
    (asked,) = [one for one in services.asked if one.operation == "membership.approve_applications"]
    assert asked.context.idempotency_key == "k1.approve_applications"


def test_accounts_of_members_are_found_by_name_as_membership_finds_them(app_with_portal, services, sign_in, database):
    found, other, officer = (sign_in("member"), sign_in("member"), sign_in("officer"))
    with transaction(database) as tx:
        for place, person in enumerate((found, other)):
            tx.session.get_one(KnownMember, person.member_id).number = f"M00000{place}"
    services.answers["membership.list_members"] = {"items": [{"id": str(found.member_id)}]}
    http = app_with_portal.test_client()
    listed_now = http.get("/api/v1/accounts?q=林", headers=officer.headers).get_json()["items"]
    assert [one["member_id"] for one in listed_now] == [str(found.member_id)]
    (asked,) = [one for one in services.asked if one.operation == "membership.list_members"]
    assert (asked.payload["q"], asked.context.principal.account_id) == ("林", officer.account_id)
