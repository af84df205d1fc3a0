"""A subject is one declaration: the toy in `tests/toy` appears everywhere though no other file knows of it."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.jobs.entrypoints import kept, prepared, working
from gateway.portal import list_exports
from gateway.portal.messages import say
from gateway.portal.refusals import name_of_rule
from gateway.reactions import reacting
from gateway.subject import Subject, Subjects, install
from gateway.subjects import SUBJECTS
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import InputError
from services.chassis.jobs.runner import advance
from services.chassis.schema import EVENTS, OPERATIONS
from tests.unit.gateway.conftest import FakeClient, Person
from tests.unit.gateway.sign_on.walking import form_token
from tests.unit.gateway.test_long_lists import asking


@pytest.fixture
def toy() -> Iterator[Any]:
    """The toy, whose contract is declared for one test only."""
    operations, events = dict(OPERATIONS), dict(EVENTS)
    yield import_module("tests.toy")
    for table, before in ((OPERATIONS, operations), (EVENTS, events)):
        table.clear()
        table.update(before)  # type: ignore[arg-type]
    for name in [name for name in sys.modules if name.partition("tests.toy")[1]]:
        del sys.modules[name]


@pytest.fixture
def app(toy: Any, database: Database, services: FakeClient) -> Flask:
    services.answers["welfare.list_teas"] = {"items": [{"id": str(uuid7()), "kind": "龙井"}], "next_cursor": None}
    return create_app(database, services, subjects=Subjects([*SUBJECTS, toy.SUBJECT]))


def browser(http: FlaskClient, person: Person) -> FlaskClient:
    http.set_cookie("gonghui_session", person.token)
    return http


def test_its_route_is_served_and_described(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    officer, member = sign_in("officer"), sign_in()
    assert http.get("/api/v1/welfare/teas", headers=officer.headers).get_json()["items"][0]["kind"] == "龙井"
    assert http.get("/api/v1/welfare/teas", headers=member.headers).status_code == 403
    document = http.get("/api/v1/openapi.json").get_json()
    assert document["paths"]["/api/v1/welfare/teas"]["get"]["summary"] == "List teas."
    assert "tea" in {tag["name"] for tag in document["tags"]}


def test_its_page_is_in_the_menu_of_those_who_may(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    page = browser(http, sign_in("officer")).get("/console/teas")
    assert page.status_code == 200
    assert "龙井" in page.text
    assert 'href="/console/teas"' in page.text
    assert 'href="/console/teas"' not in browser(http, sign_in("auditor")).get("/console/funds").text


def test_what_it_lets_be_found_is_found(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    officer = sign_in("officer")
    groups = http.get("/api/v1/search?q=龙", headers=officer.headers).get_json()["groups"]
    (tea,) = next(group["items"] for group in groups if group["kind"] == "tea")
    assert (tea["title"], tea["link"]) == ("龙井", "/api/v1/welfare/teas")
    page = browser(http, officer).get("/search?q=龙").text
    assert '<a href="/console/teas"><mark>龙</mark>井</a>' in page
    assert "热的" in page


def test_its_codes_are_read_by_it_and_lead_to_its_page(
    http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient
) -> None:
    officer, tea_id = sign_in("officer"), str(uuid7())
    told = {"name": "龙井", "number": None, "unit_id": None, "expires_at": None, "checked_at": clock.now().isoformat()}
    services.answers["welfare.read_tea"] = {"state": "good", "subject_id": tea_id, **told}
    ticket = "tea." + "A" * 51
    body = {"text": f"https://union.example/verify/{ticket}"}
    read = http.post("/api/v1/codes/read", json=body, headers=officer.headers).get_json()
    assert (read["kind"], read["state"], read["link"]) == ("tea", "good", f"/api/v1/welfare/teas/{tea_id}")
    assert services.asked[-1].payload == {"token": ticket}

    other = http.post("/api/v1/codes/read", json={**body, "wanted": "card"}, headers=officer.headers).get_json()
    assert (other["kind"], other["state"], other["name"]) == ("tea", "wrong_kind", None)
    form = {"text": ticket, "csrf_token": form_token(browser(http, officer), "/console/scan")}
    page = http.post("/console/scan", data=form).text
    assert all(words in page for words in ("茶票", "请喝茶", "龙井", 'href="/console/teas"', "去上茶"))
    assert "这是茶票，这里要扫的是会员卡。" in http.post("/console/scan", data={**form, "wanted": "card"}).text


def test_its_list_is_handed_out_as_a_file(app: Flask, sign_in: Callable[..., Person]) -> None:
    with asking(app, sign_in("officer")):
        file, _ = list_exports.file_or_job("teas", {}, "csv", "")
    assert file is not None
    assert base64.b64decode(file["content"]).decode("utf-8-sig").split() == ["茶名", "龙井"]


def test_its_event_opens_a_todo_and_stands_on_the_timeline(
    http: FlaskClient, toy: Any, database: Database, sign_in: Callable[..., Person]
) -> None:
    member = sign_in()
    tea_id = uuid7()
    react = reacting([toy.SUBJECT]).on_tea_served  # type: ignore[attr-defined]
    with transaction(database) as tx:
        facts = {"tea_id": tea_id, "member_id": member.member_id}
        event = ReceivedEvent(uuid7(), "welfare", "tea_served", tx.now, f"tea/{tea_id}", 1, {}, facts)
        react(SimpleNamespace(), lambda handle: handle(tx, event))
    (todo,) = http.get("/api/v1/me/todos", headers=member.headers).get_json()["items"]
    assert (todo["kind"], todo["link"]) == ("tea_waits", "/api/v1/welfare/teas")
    pages = browser(http, member)
    assert "有茶要喝" in pages.get("/todos").text
    assert "给您上茶了" in pages.get("/messages").text


def test_its_long_work_is_done_step_by_step_and_stands_in_the_task_centre(
    http: FlaskClient, app: Flask, toy: Any, database: Database, sign_in: Callable[..., Person]
) -> None:
    officer = sign_in("officer")
    asked = http.post("/api/v1/welfare/teas/brewing", json={"cups": 3}, headers=officer.headers)
    assert asked.status_code == 202
    job_id, (kind,) = asked.get_json()["id"], toy.SUBJECT.jobs
    (entrypoint,) = working([toy.SUBJECT]).do_brew_tea.nameko_entrypoints  # type: ignore[attr-defined]
    assert (entrypoint.kind, entrypoint.asked_by) == ("brew_tea", toy.brew_tea)
    done = []
    for _ in range(2):
        advance(database, UUID(job_id), partial(kept, kind, app), partial(prepared, kind, app))
        done.append(http.get(f"/api/v1/gateway/jobs/{job_id}", headers=officer.headers).get_json()["done"])
    assert done == [2, 3]
    pages = browser(http, officer)
    listed = pages.get("/console/jobs").text
    assert f"/console/jobs/{job_id}" in listed
    assert "泡茶</a>" in listed
    assert '<option value="brew_tea"' in listed
    assert "龙井，泡好了" in pages.get(f"/console/jobs/{job_id}").text


def test_its_rules_have_words(app: Flask) -> None:
    with app.test_request_context():
        assert name_of_rule("tea.is_hot") == "茶要热"
        assert say(InputError("tea.cup_missing", "Tea needs a cup.")) == "茶要有杯子。"


def test_two_subjects_cannot_have_a_rule_of_one_name(toy: Any) -> None:
    with pytest.raises(ValueError, match=r"rule declared twice: tea\.is_hot"):
        _ = Subjects([toy.SUBJECT, Subject("coffee", rules=toy.SUBJECT.rules)]).rules


def test_an_app_knows_the_subjects_it_was_given(toy: Any) -> None:
    app = Flask("toy")
    install(app, Subjects([toy.SUBJECT]))
    assert "teas" in app.extensions["gonghui_subjects"].exports
