"""The search over HTTP and on its page: groups by kind, what each role finds, odd input, a service that is away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.read_models import activities, search_index, units
from gateway.read_models.tables import ActivityView, UnitView
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import InputError
from tests.unit.gateway.conftest import UNIT, FakeClient, Person
from tests.unit.gateway.test_toy_subject import browser

MEMBER = {
    "id": str(uuid7()), "number": "M000031", "name": "太史公", "unit_id": str(UNIT), "gender": "male",
    "group_id": None, "employment": "established", "standing": "active", "joined_on": "2020-01-01", "version": 1,
}  # fmt: skip
RULE = {
    "id": str(uuid7()), "key": "benefit.birth.cap", "value": "800.00", "document": "太原校区慰问办法",
    "number": "校工〔2026〕3号", "article": "第五条", "valid_from": "2026-01-01",
}  # fmt: skip


@pytest.fixture
def app(app_with_portal: Flask, services: FakeClient) -> Flask:
    services.answers["membership.list_members"] = {"items": [MEMBER], "next_cursor": "further", "total": None}
    return app_with_portal


@pytest.fixture(autouse=True)
def things(database: Database) -> None:
    """Seven activities and a unit, as the views show them."""
    with transaction(database) as tx:
        rows = [
            ActivityView(
                activity_id=uuid7(), title=f"太极拳第{number}期", title_en=f"Taiji {number}", summary="在<操场>学太极",
                starts_at=clock.now() + timedelta(days=number), ends_at=clock.now() + timedelta(days=number),
            )
            for number in range(1, 8)
        ]  # fmt: skip
        unit = UnitView(unit_id=UNIT, code="07", name="太空学院", kind="unit", active=True, sequence=1)
        tx.session.add_all([*rows, unit])
        tx.session.flush()
        assert search_index.make_good(tx, (activities.SEARCHED, units.SEARCHED)) == 8


def groups(http: FlaskClient, person: Person, **query: Any) -> dict[str, dict[str, Any]]:
    answer = http.get("/api/v1/search", query_string=query, headers=person.headers)
    assert answer.status_code == 200, answer.text
    return {group["kind"]: group for group in answer.get_json()["groups"]}


def test_each_role_finds_its_kinds(http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient) -> None:
    found = groups(http, sign_in("officer"), q="太")
    assert list(found) == ["member", "unit", "activity"]
    assert found["member"]["items"][0]["title"] == "太史公"
    assert found["member"]["items"][0]["link"] == f"/api/v1/membership/members/{MEMBER['id']}"
    assert (len(found["activity"]["items"]), found["activity"]["more"]) == (5, True)
    assert (len(found["unit"]["items"]), found["unit"]["more"]) == (1, False)
    services.asked.clear()
    assert list(groups(http, sign_in("member"), q="太")) == ["activity"]
    assert "membership.list_members" not in {asked.operation for asked in services.asked}
    assert http.get("/api/v1/search?q=太").status_code == 401


def test_the_office_finds_rules_by_what_people_call_them(
    http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient
) -> None:
    services.answers["governance.list_rules"] = {"items": [RULE], "next_cursor": None}
    auditor = sign_in("auditor")
    (found,) = groups(http, auditor, q="太原")["rule"]["items"]
    assert found["link"] == "/api/v1/governance/rules/benefit.birth.cap"
    assert found["excerpt"] == "太原校区慰问办法 校工〔2026〕3号 第五条"
    groups(http, auditor, q=found["title"])
    asked = [one.payload for one in services.asked if one.operation == "governance.list_rules"]
    assert "benefit.birth.cap" in asked[-1]["named"]
    page = browser(http, auditor).get("/console/search?q=太原").text
    assert "/console/rules/benefit.birth.cap" in page
    assert "<mark>太原</mark>校区慰问办法" in page
    services.asked.clear()
    assert "rule" not in groups(http, sign_in("chair"), q="太原")
    assert "governance.list_rules" not in {asked.operation for asked in services.asked}


def test_an_officer_finds_members_from_the_members_pages_too(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    pages = browser(http, sign_in("officer"))
    assert 'action="/search"' in pages.get("/home").text
    assert f"/console/members/{MEMBER['id']}" in pages.get("/search?q=太史").text


def test_one_kind_is_paged(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    member = sign_in("member")
    first = http.get("/api/v1/search?q=太极&kind=activity&limit=4", headers=member.headers)
    reply = first.get_json()
    assert reply["words"] == ["太极"]
    assert 'rel="next"' in first.headers["Link"]
    following = {"q": "太极", "kind": "activity", "limit": 4, "cursor": reply["next_cursor"]}
    second = http.get("/api/v1/search", query_string=following, headers=member.headers).get_json()
    together = [item["title"] for page in (reply, second) for item in page["groups"][0]["items"]]
    assert together == [f"太极拳第{number}期" for number in range(7, 0, -1)]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "……！"}, "q"), ({"q": "😀"}, "q"), ({"q": ""}, "q"), ({}, "q"), ({"q": "太" * 1000}, "q"),
        ({"q": "太\x07极"}, "q"), ({"q": "太", "kind": "member"}, "kind"), ({"q": "太", "kind": "wages"}, "kind"),
        ({"q": "太", "cursor": "x"}, "cursor"), ({"q": "太", "kind": "activity", "cursor": "x"}, "cursor"),
        ({"q": "太", "limit": "999"}, "limit"),
    ],
)  # fmt: skip
def test_a_program_is_told_what_is_wrong(
    http: FlaskClient, sign_in: Callable[..., Person], query: dict[str, str], field: str
) -> None:
    answer = http.get("/api/v1/search", query_string=query, headers=sign_in("member").headers)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


@pytest.mark.parametrize("q", ["%", "_", "太%", "' OR 1=1 --", "<script>", "taiji 太极", "ＴＡＩＪＩ", "太jí"])
def test_odd_input_is_only_text(http: FlaskClient, sign_in: Callable[..., Person], q: str) -> None:
    page = browser(http, sign_in("member")).get("/search", query_string={"q": q})
    assert page.status_code == 200
    assert "<script>" not in page.text.partition("<main")[2]


@pytest.mark.parametrize("q", ["……", "😀🎉", "\u200b", "%"])
def test_marks_alone_are_told_so_on_the_page(http: FlaskClient, sign_in: Callable[..., Person], q: str) -> None:
    assert "请输入文字、字母或数字" in browser(http, sign_in("member")).get("/search", query_string={"q": q}).text


def test_the_page_marks_the_words_and_leads_on(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    pages = browser(http, sign_in("officer"))
    page = pages.get("/console/search?q=太极").text
    assert "<mark>太极</mark>拳第7期" in page
    assert "在&lt;操场&gt;学<mark>太极</mark>" in page
    assert "/console/search?q=%E5%A4%AA%E6%9E%81&amp;kind=activity" in page
    assert f"/console/members/{MEMBER['id']}" in page
    one = pages.get("/console/search?q=太极&kind=activity").text
    assert one.count("拳第") == 7
    assert "太史公" not in one
    assert pages.get("/search?q=" + "太极" * 600).status_code == 200
    assert "/console/dues" in pages.get("/console/search?q=会费").text
    assert 'action="/console/search"' in pages.get("/console/dues").text


def test_members_have_their_own_page(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    pages = browser(http, sign_in("member"))
    page = pages.get("/search?q=taiji 3").text
    assert "<mark>Taiji</mark> <mark>3</mark>" in page, "in English, because the words stand only there"
    assert "/console/" not in page
    assert "/calendar" in pages.get("/search?q=日历").text
    assert pages.get("/console/search?q=太").status_code == 403


def test_a_service_that_is_away_costs_only_its_group(
    http: FlaskClient, sign_in: Callable[..., Person], services: FakeClient
) -> None:
    services.answers["membership.list_members"] = Unavailable("membership does not answer")
    officer = sign_in("officer")
    found = groups(http, officer, q="太")
    assert (found["member"]["away"], found["member"]["items"]) == (True, [])
    assert len(found["activity"]["items"]) == 5
    page = browser(http, officer).get("/console/search?q=太").text
    assert "这一部分暂时打不开" in page
    assert "拳第7期" in page
    services.answers["membership.list_members"] = InvalidInput(InputError("x.says_nothing", "Nothing."), field="q")
    assert "member" not in groups(http, officer, q="太")


FOUND_IN_WELFARE = [
    {"kind": "drive", "title": "太行山区一日捐", "text": "慈善总会", "on": "2026-09-01", "state": "open"},
    {"kind": "request_type", "title": "太太心理咨询", "by_appointment": True},
    {"kind": "purchase", "title": "太阳能路灯", "text": "2026-000001", "on": "2026-05-04", "state": "need"},
]


@pytest.fixture
def in_welfare(services: FakeClient) -> list[dict[str, Any]]:
    nothing = {"text": None, "on": None, "state": None, "by_appointment": False}
    items = [{"id": str(uuid7()), **nothing, **one} for one in FOUND_IN_WELFARE]
    services.answers["welfare.find_in_welfare"] = {"items": items, "next_cursor": None}
    return items


def test_things_of_welfare_link_to_what_they_are(
    http: FlaskClient, sign_in: Callable[..., Person], in_welfare: list[dict[str, Any]]
) -> None:
    drive, _, purchase = (one["id"] for one in in_welfare)
    group = groups(http, sign_in("officer"), q="太", kind="welfare")["welfare"]
    assert [one["link"] for one in group["items"]] == [
        f"/api/v1/welfare/drives/{drive}", "/api/v1/welfare/request-types", f"/api/v1/welfare/purchases/{purchase}",
    ]  # fmt: skip


def test_things_of_welfare_open_the_page_of_the_reader(
    http: FlaskClient, sign_in: Callable[..., Person], in_welfare: list[dict[str, Any]]
) -> None:
    drive, counselling, purchase = (one["id"] for one in in_welfare)
    with browser(http, sign_in("officer")) as person:
        console = person.get("/console/search?q=太").text
        own = person.get("/search?q=太").text
    for address in (f"/console/drives/{drive}", "/console/request-types", f"/console/purchases/{purchase}"):
        assert f'href="{address}"' in console
    assert "待询价" in console
    for address in (f"/charity/{drive}", f"/me/requests/counselling/{counselling}", f"/console/purchases/{purchase}"):
        assert f'href="{address}"' in own
