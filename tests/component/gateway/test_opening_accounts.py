"""Members who came by roster open an account with the code of a slip: once, in time, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity import invitations
from gateway.identity.tables import Account, Invitation
from gateway.subjects.own.accounts import slips
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, FakeClient, Person

PASSWORD = "a-passphrase-of-mine"
SignIn = Callable[..., Person]


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was printed on slips, in order, with the codes that stand nowhere else."""
    seen: list[dict[str, Any]] = []

    def drawn(_kind: str, _title: str, told: list[dict[str, Any]]) -> bytes:
        seen.extend(told)
        return b"%PDF-"

    monkeypatch.setattr(slips, "printed", drawn)
    return seen


@pytest.fixture
def joined(gateway: GatewayHarness) -> Callable[..., UUID]:
    """`joined("M000012", unit)` tells of a member who came by roster; returns the id."""

    def make(number: str, unit: UUID = UNIT, **data: Any) -> UUID:
        member_id = uuid7()
        gateway.hear(MemberJoined, member_id=member_id, unit_id=unit, number=number, account_id=None, **data)
        return member_id

    return make


def give_slips(http: FlaskClient, who: Person, status: int = 200, **asked: Any) -> Any:
    reply = http.post("/api/v1/accounts/slips", json=asked, headers=who.headers)
    assert reply.status_code == status, reply.text
    return reply.json if status != 200 else None


def open_account(http: FlaskClient, number: str, code: str, username: str = "newcomer", **changes: Any) -> Any:
    body = {"number": number, "code": code, "username": username, "password": PASSWORD, **changes}
    return http.post("/api/v1/accounts", json=body)


def states(http: FlaskClient, who: Person, **asked: Any) -> dict[str, str]:
    reply = http.get("/api/v1/accounts", query_string=asked, headers=who.headers)
    assert reply.status_code == 200, reply.text
    return {item["number"]: item["state"] for item in reply.json["items"]}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_slip_opens_the_account_of_its_member(
    http: FlaskClient, database: Database, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    member_id, chair = joined("M000012"), sign_in("chair")
    give_slips(http, chair, unit_id=str(UNIT))
    (slip,) = printed
    assert (slip["number"], slip["name"]) == ("M000012", "王新")
    assert slip["code"] not in slip["address"]
    with database.session() as session:
        (stored,) = session.scalars(sa.select(Invitation))
        assert slip["code"].replace("-", "") not in "".join(str(value) for value in vars(stored).values()).upper()
    assert states(http, chair) == {"M000012": "slip"}

    opened = open_account(http, " m000012 ", slip["code"].lower().replace("-", " "))
    assert opened.status_code == 201, opened.text
    token = http.post("/api/v1/sessions", json={"username": "newcomer", "password": PASSWORD}).json["token"]
    me = http.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json
    assert me["member_id"] == str(member_id)
    assert states(http, chair) == {"M000012": "account"}
    figures = http.get("/api/v1/accounts/figures", headers=chair.headers).json["items"]
    assert [(one["members"], one["account"], one["slip"], one["used"]) for one in figures] == [(1, 1, 0, 1)]
    assert give_slips(http, chair, 409, unit_id=str(UNIT), replace=True)["rule"] == "account.somebody_needs_a_slip"


def test_every_code_that_does_not_fit_gets_the_same_answer(
    http: FlaskClient,
    sign_in: SignIn,
    joined: Any,
    printed: list[dict[str, Any]],
    gateway: GatewayHarness,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer = sign_in("officer")
    used, left, dead = joined("M000021"), joined("M000022"), joined("M000023")
    expired, revoked, replaced = joined("M000024"), joined("M000025"), joined("M000026")
    monkeypatch.setenv("GONGHUI_INVITATION_DAYS", "10")
    settings_module.reset()
    with clock.frozen(clock.now() - timedelta(days=11)):
        give_slips(http, officer, member_ids=[str(expired)])
    give_slips(http, officer, member_ids=[str(one) for one in (used, left, dead, revoked, replaced)])
    codes = {slip["number"]: slip["code"] for slip in printed}
    assert open_account(http, "M000021", codes["M000021"], "first").status_code == 201
    gateway.hear(MemberUpdated, 2, member_id=left, standing="withdrawn")
    gateway.hear(MemberUpdated, 2, member_id=dead, standing="deceased")
    ended = http.post(
        "/api/v1/accounts/slips/revoke", json={"member_ids": [str(revoked)], "reason": "丢失"}, headers=officer.headers
    )
    assert ended.json == {"revoked": 1}
    give_slips(http, officer, member_ids=[str(replaced)], replace=True)

    answers = [open_account(http, number, code, "second") for number, code in codes.items()]
    answers.append(open_account(http, "M000022", invitations.new_code(), "second"))
    answers.append(open_account(http, "M999999", codes["M000022"], "second"))
    told = {(one.status_code, one.json["rule"], one.json["detail"]) for one in answers}
    assert len(told) == 1
    assert told.pop()[:2] == (409, "account.code_fits")
    assert open_account(http, "M000026", printed[-1]["code"], "second").status_code == 201
    assert states(http, officer) == {
        "M000021": "account", "M000024": "expired", "M000025": "none", "M000026": "account",
    }  # fmt: skip


def test_wrong_codes_are_slowed_down_for_known_and_unknown_numbers_alike(
    http: FlaskClient, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    officer, member_id = sign_in("officer"), joined("M000031")
    give_slips(http, officer, member_ids=[str(member_id)])
    for number in ("M000031", "M777777"):
        answers = [open_account(http, number, invitations.new_code()).status_code for _ in range(7)]
        assert answers == [409] * 5 + [429] * 2
    assert open_account(http, "M000031", printed[0]["code"]).status_code == 429
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        assert open_account(http, "M000031", printed[0]["code"]).status_code == 201


def test_codes_are_counted_by_network_since_a_device_chooses_the_rest_of_its_address(http: FlaskClient) -> None:
    def tried(number: int) -> int:
        body = {"number": "M777778", "code": invitations.new_code(), "username": "one", "password": PASSWORD}
        there = {"REMOTE_ADDR": f"2001:db8:1:2:{number:x}::{number:x}"}
        return int(http.post("/api/v1/accounts", json=body, environ_base=there).status_code)

    assert [tried(number) for number in range(1, 8)] == [409] * 5 + [429] * 2


def test_a_taken_user_name_and_a_weak_password_leave_the_code_good(
    http: FlaskClient, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    officer = sign_in("officer")
    joined("M000041")
    joined("M000042")
    give_slips(http, officer)
    codes = {slip["number"]: slip["code"] for slip in printed}
    assert open_account(http, "M000041", codes["M000041"], "taken").status_code == 201
    assert open_account(http, "M000042", codes["M000042"], "taken").json["rule"] == "username.is_free"
    weak = open_account(http, "M000042", codes["M000042"], "other", password="1234567890")
    assert (weak.status_code, weak.json["rule"]) == (422, "password.is_not_common")
    assert open_account(http, "M000042", codes["M000042"], "other").status_code == 201


def test_two_at_once_make_one_account(
    app: Flask, http: FlaskClient, database: Database, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    member_id = joined("M000051")
    give_slips(http, sign_in("officer"))

    def attempt(username: str) -> int:
        return open_account(app.test_client(), "M000051", printed[0]["code"], username).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(attempt, ["anna", "berta", "carla", "dora"]))
    assert answers == [201, 409, 409, 409]
    with database.session() as session:
        assert len(session.scalars(sa.select(Account.id).where(Account.member_id == member_id)).all()) == 1


def test_a_chair_gives_slips_to_the_own_unit_only(
    http: FlaskClient, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    joined("M000061")
    foreign = joined("M000062", OTHER_UNIT)
    chair = sign_in("chair")
    assert give_slips(http, chair, 403, unit_id=str(OTHER_UNIT))["rule"] == "own_unit"
    assert give_slips(http, chair, 409, member_ids=[str(foreign)])["rule"] == "account.somebody_needs_a_slip"
    give_slips(http, chair)
    assert [slip["number"] for slip in printed] == ["M000061"]
    assert states(http, chair) == {"M000061": "slip"}
    ended = http.post(
        "/api/v1/accounts/slips/revoke",
        json={"member_ids": [str(foreign)], "reason": "丢失"},
        headers=chair.headers,
    )
    assert ended.json == {"revoked": 0}
    member = sign_in("member")
    assert http.get("/api/v1/accounts", headers=member.headers).status_code == 403


def test_an_unused_slip_is_kept_unless_a_new_one_is_wanted(
    http: FlaskClient, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]]
) -> None:
    officer = sign_in("officer")
    joined("M000071")
    give_slips(http, officer)
    joined("M000072")
    give_slips(http, officer)
    give_slips(http, officer, replace=True)
    assert [slip["number"] for slip in printed] == ["M000071", "M000072", "M000071", "M000072"]
    assert open_account(http, "M000071", printed[0]["code"]).status_code == 409
    assert open_account(http, "M000071", printed[2]["code"]).status_code == 201


@pytest.mark.databases("postgresql", "sqlite")
def test_all_slips_are_revoked_however_many_there_are(
    http: FlaskClient, sign_in: SignIn, joined: Any, printed: list[dict[str, Any]], monkeypatch: Any
) -> None:
    monkeypatch.setattr("gateway.subjects.own.accounts.slips._REVOKED_AT_ONCE", 2)
    officer = sign_in("officer")
    for number in range(75, 80):
        joined(f"M0000{number}")
    give_slips(http, officer)
    other = http.post("/api/v1/accounts/slips/revoke", json={"reason": "印错", "expected": 4}, headers=officer.headers)
    assert (other.status_code, other.json["rule"], other.json["params"]["found"]) == (409, "many.number_is_as_seen", 5)
    ended = http.post("/api/v1/accounts/slips/revoke", json={"reason": "印错", "expected": 5}, headers=officer.headers)
    assert ended.json == {"revoked": 5}
    assert set(states(http, officer).values()) == {"none"}


@pytest.mark.databases("postgresql", "sqlite")
def test_the_list_is_filtered_and_paged(http: FlaskClient, sign_in: SignIn, joined: Any) -> None:
    officer = sign_in("officer")
    for number in range(81, 86):
        joined(f"M0000{number}")
    assert list(states(http, officer, state="none", number="m00008")) == [f"M0000{one}" for one in range(81, 86)]
    assert states(http, officer, state="slip") == {}
    first = http.get("/api/v1/accounts?limit=3", headers=officer.headers).json
    rest = http.get("/api/v1/accounts", query_string={"cursor": first["next_cursor"]}, headers=officer.headers).json
    assert [one["number"] for one in first["items"] + rest["items"]] == [f"M0000{one}" for one in range(81, 86)]


def test_what_is_kept_of_slips_goes_with_the_member_and_with_time(
    http: FlaskClient,
    database: Database,
    sign_in: SignIn,
    joined: Any,
    printed: list[dict[str, Any]],
    gateway: GatewayHarness,
) -> None:
    officer = sign_in("officer")
    gone, stays = joined("M000091"), joined("M000092")
    give_slips(http, officer)
    gateway.hear(MemberAnonymised, 9, member_id=gone)
    with database.session() as session:
        assert session.scalars(sa.select(Invitation.member_id)).all() == [stays]
    with clock.frozen(clock.now() + timedelta(days=400)), transaction(database) as tx:
        invitations.forget_old(tx)
    with database.session() as session:
        assert session.scalars(sa.select(Invitation.member_id)).all() == []


def test_a_slip_s_sheet_is_a_paper(http: FlaskClient, services: FakeClient, sign_in: SignIn, joined: Any) -> None:
    joined("M000099")
    reply = http.post("/api/v1/accounts/slips", json={}, headers=sign_in("officer").headers)
    assert reply.content_type == "application/pdf"
    assert reply.data.startswith(b"%PDF-")
