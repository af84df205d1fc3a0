"""Saved filters over HTTP: one's own, of lists one may see, at most twenty each, gone with the account."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.tables import Account, SavedFilter
from services.chassis.database.engine import Database
from services.contracts.gateway.saved_filters import MOST_SAVED
from services.contracts.membership.retention import MemberAnonymised
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import Person

PATH = "/api/v1/me/saved-filters"
ACTIVE = {"standing": "active", "sort": "-joined_on"}
SignIn = Callable[..., Person]


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def officer(sign_in: SignIn) -> Person:
    return sign_in("officer")


def saved(http: FlaskClient, person: Person, name: str, status: int = 201, **changes: Any) -> dict[str, Any]:
    body = {"list": "members", "name": name, "filters": ACTIVE, **changes}
    answer = http.post(PATH, json=body, headers=person.headers)
    assert answer.status_code == status, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def names(http: FlaskClient, person: Person) -> list[str]:
    answer = http.get(f"{PATH}?list=members", headers=person.headers)
    assert answer.status_code == 200
    return [one["name"] for one in answer.get_json()["items"]]


def owners(database: Database) -> list[UUID]:
    with database.session(readonly=True) as session:
        return list(session.scalars(sa.select(SavedFilter.account_id)))


def test_filters_are_saved_renamed_and_deleted_by_their_owner_alone(
    http: FlaskClient, officer: Person, sign_in: SignIn
) -> None:
    made = saved(http, officer, "在册会员")
    assert (made["list"], made["name"], made["filters"]) == ("members", "在册会员", ACTIVE)
    assert saved(http, officer, "在册会员")["id"] == made["id"]
    other, path = sign_in("officer"), f"{PATH}/{made['id']}"
    assert names(http, other) == []
    for answer in (
        http.patch(path, json={"name": "x"}, headers=other.headers),
        http.delete(path, headers=other.headers),
    ):
        assert (answer.status_code, answer.get_json()["rule"]) == (404, "saved_filter.exists")
    assert http.patch(path, json={"name": "新会员"}, headers=officer.headers).get_json()["name"] == "新会员"
    assert names(http, officer) == ["新会员"]
    assert http.delete(path, headers=officer.headers).status_code == 204
    assert names(http, officer) == []


def test_a_name_stands_for_one_set_of_filters_of_a_list(http: FlaskClient, officer: Person) -> None:
    saved(http, officer, "在册")
    problem = saved(http, officer, "在册", 409, filters={"standing": "retained"})
    assert problem["rule"] == "saved_filter.name_is_free"
    second = saved(http, officer, "保留会籍", filters={"standing": "retained"})
    answer = http.patch(f"{PATH}/{second['id']}", json={"name": "在册"}, headers=officer.headers)
    assert answer.get_json()["rule"] == "saved_filter.name_is_free"
    saved(http, officer, "在册", list="visits", filters={"level": "unit"})
    assert names(http, officer) == ["在册", "保留会籍"]


def test_only_filters_that_the_list_has_are_saved(http: FlaskClient, officer: Person) -> None:
    for filters in ({"colour": "red"}, {"standing": "purple"}, {"sort": "shoe_size"}, {"standing": "active", "x": "y"}):
        assert saved(http, officer, "x", 422, filters=filters)["rule"] == "saved_filter.fits_list", filters
    for filters in ({}, {"q": ""}, {"q": "x" * 51}):
        assert "filters" in str(saved(http, officer, "x", 422, filters=filters)["errors"]), filters
    assert names(http, officer) == []


def test_a_list_of_another_role_takes_no_filters(http: FlaskClient, sign_in: SignIn) -> None:
    member = sign_in("member")
    for name in ("members", "no_such_list"):
        assert saved(http, member, "x", 404, list=name)["rule"] == "saved_filter.list_exists"
        answer = http.get(f"{PATH}?list={name}", headers=member.headers)
        assert answer.get_json()["rule"] == "saved_filter.list_exists"
    saved(http, member, "合唱", list="activities", filters={"kind": "choir"})
    assert http.get(f"{PATH}?list=members").status_code == 401


def test_a_list_has_at_most_twenty_however_fast_they_come(
    app: Flask, http: FlaskClient, officer: Person, database: Database
) -> None:
    for number in range(MOST_SAVED - 1):
        saved(http, officer, f"筛选 {number}")

    def save(number: int) -> int:
        body = {"list": "members", "name": f"最后 {number}", "filters": ACTIVE}
        return app.test_client().post(PATH, json=body, headers=officer.headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(save, range(4))) == [201, 409, 409, 409]
    problem = saved(http, officer, "还有一个", 409)
    assert (problem["rule"], problem["params"]) == ("saved_filter.few_enough", {"most": MOST_SAVED})
    with database.session(readonly=True) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SavedFilter)) == MOST_SAVED


@pytest.mark.databases("postgresql")
@pytest.mark.parametrize(("method", "status"), [("PATCH", 404), ("DELETE", 404)])
def test_a_filter_that_is_being_deleted_is_no_longer_there(
    app: Flask, http: FlaskClient, officer: Person, database: Database, method: str, status: int
) -> None:
    made = saved(http, officer, "在册")

    def ask() -> int:
        body = {"name": "另一个"} if method == "PATCH" else None
        answer = app.test_client().open(f"{PATH}/{made['id']}", method=method, json=body, headers=officer.headers)
        return int(answer.status_code)

    with ThreadPoolExecutor(1) as pool:
        with database.session() as session:
            session.execute(sa.delete(SavedFilter))
            asked = pool.submit(ask)
            with pytest.raises(TimeoutError):
                asked.result(1.0)
        assert asked.result(100) == status


def test_what_is_saved_cannot_be_read_in_the_database(http: FlaskClient, officer: Person, database: Database) -> None:
    saved(http, officer, "王小明那边", filters={"q": "王小明"})
    with database.session(readonly=True) as session:
        row = session.execute(sa.text("SELECT * FROM saved_filter")).one()
    assert "王" not in str(row)
    assert "\\u738b" not in str(row)


def test_saved_filters_go_with_the_account(
    http: FlaskClient, officer: Person, sign_in: SignIn, gateway: GatewayHarness, database: Database
) -> None:
    leaver = sign_in("officer")
    for person in (officer, leaver):
        saved(http, person, "在册")
    gateway.hear(MemberAnonymised, member_id=leaver.member_id)
    assert owners(database) == [officer.account_id]
    with database.session() as session:
        session.execute(sa.delete(Account).where(Account.id == officer.account_id))
    assert owners(database) == []
