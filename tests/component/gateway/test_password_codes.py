"""Forgotten passwords: a code from the chair of the unit sets a new one, once, within a day, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity import invitations, password_codes, passwords
from gateway.identity.tables import Account, Invitation
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.history import ChangeHistory
from tests.unit.gateway.conftest import OTHER_UNIT, Person

NEW = "a-new-phrase-of-mine"
SignIn = Callable[..., Person]


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


def name_of(database: Database, who: Person) -> str:
    with database.session() as session:
        return session.get_one(Account, who.account_id).username


def made(http: FlaskClient, by: Person, whom: Person, status: int = 201) -> Any:
    reply = http.post(f"/api/v1/accounts/{whom.member_id}/password-code", headers=by.headers)
    assert reply.status_code == status, reply.text
    return reply.get_json()


def used(http: FlaskClient, username: str, code: str, new: str = NEW) -> Any:
    return http.post("/api/v1/accounts/password", json={"username": username, "code": code, "new": new})


@pytest.mark.databases("postgresql", "sqlite")
def test_a_code_sets_the_password_and_ends_every_session(
    http: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    chair, member = sign_in("chair"), sign_in()
    told = made(http, chair, member)
    assert told["username"] == name_of(database, member)
    reply = used(http, f" {told['username'].upper()} ", told["code"].lower().replace("-", " "))
    assert reply.status_code == 204, reply.text
    assert http.get("/api/v1/me", headers=member.headers).status_code == 401
    signed_in = http.post("/api/v1/sessions", json={"username": told["username"], "password": NEW})
    assert signed_in.status_code == 201
    assert not signed_in.get_json()["must_change_password"]
    headers = {"Authorization": f"Bearer {signed_in.get_json()['token']}"}
    notices = http.get("/api/v1/me/notices", headers=headers).get_json()["items"]
    assert [one["kind"] for one in notices] == [password_codes.PASSWORD_SET, password_codes.CODE_MADE]
    with database.session() as session:
        noted = session.scalars(sa.select(ChangeHistory).order_by(ChangeHistory.id)).all()
        stored = session.scalars(sa.select(Invitation)).one()
    assert [(one.subject, one.changed_by) for one in noted] == [
        (f"account/{member.account_id}", str(chair.account_id)),
        (f"account/{member.account_id}", str(member.account_id)),
    ]
    assert told["code"].replace("-", "") not in "".join(str(value) for value in vars(stored).values()).upper()
    assert used(http, told["username"], told["code"]).status_code == 409


def test_what_does_not_fit_gets_one_answer(http: FlaskClient, database: Database, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    expired, replaced, other, without = (sign_in() for _ in range(4))
    with clock.frozen(clock.now() - timedelta(hours=25)):
        too_old = made(http, officer, expired)
    first = made(http, officer, replaced)
    made(http, officer, replaced)
    fitting = made(http, officer, other)
    answers = [
        used(http, too_old["username"], too_old["code"]),
        used(http, first["username"], first["code"]),
        used(http, name_of(database, without), fitting["code"]),
        used(http, "nobody-of-this-name", fitting["code"]),
        used(http, fitting["username"], invitations.new_code(8)),
    ]
    assert len({(one.status_code, one.get_json()["rule"], one.get_json()["detail"]) for one in answers}) == 1
    assert answers[0].get_json()["rule"] == "password_code.fits"
    assert used(http, fitting["username"], fitting["code"]).status_code == 204


def test_wrong_codes_are_slowed_down_for_known_and_unknown_names_alike(
    http: FlaskClient, database: Database, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = made(http, sign_in("officer"), sign_in())
    for name in (told["username"], "nobody-of-this-name"):
        answers = [used(http, name, invitations.new_code(8)).status_code for _ in range(7)]
        assert answers == [409] * 5 + [429] * 2
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "hash_password", lambda new: hashed.append(new) or "")
    assert used(http, told["username"], told["code"]).status_code == 429
    assert hashed == [], "who is blocked makes nobody compute"


def test_a_weak_password_leaves_the_code_good(http: FlaskClient, sign_in: SignIn) -> None:
    told = made(http, sign_in("officer"), sign_in())
    weak = used(http, told["username"], told["code"], "1234567890")
    assert (weak.status_code, weak.get_json()["rule"]) == (422, "password.is_not_common")
    assert used(http, told["username"], told["code"]).status_code == 204


def test_an_owner_who_changes_the_password_ends_the_code(
    http: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    officer, member = sign_in("officer"), sign_in()
    told = made(http, officer, member)
    used(http, told["username"], told["code"])
    credentials = {"username": told["username"], "password": NEW}
    token = http.post("/api/v1/sessions", json=credentials).get_json()["token"]
    again = made(http, officer, member)
    changed = {"current": NEW, "new": "another-phrase-of-mine"}
    reply = http.put("/api/v1/me/password", json=changed, headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code in (200, 204), reply.text
    assert used(http, again["username"], again["code"]).get_json()["rule"] == "password_code.fits"


def test_two_at_once_use_a_code_once(app: Flask, http: FlaskClient, sign_in: SignIn) -> None:
    told = made(http, sign_in("officer"), sign_in())

    def attempt(number: int) -> int:
        return int(used(app.test_client(), told["username"], told["code"], f"{NEW}-{number}").status_code)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [204, 409, 409, 409]


def test_who_may_make_a_code_for_whom(http: FlaskClient, sign_in: SignIn) -> None:
    chair, officer, member = sign_in("chair"), sign_in("officer"), sign_in()
    foreign, auditor, applicant = sign_in(unit=OTHER_UNIT), sign_in("auditor"), sign_in(member=False)
    assert made(http, chair, foreign, 403)["rule"] == "own_unit"
    assert made(http, chair, chair, 403)["rule"] == "password_code.is_for_another"
    assert made(http, officer, officer, 403)["rule"] == "password_code.is_for_another"
    for with_post in (officer, auditor, sign_in("chair")):
        assert made(http, chair, with_post, 403)["rule"] == "password_code.post_needs_officer"
    assert made(http, member, foreign, 403)["rule"] == "role_allows"
    assert http.post(f"/api/v1/accounts/{foreign.member_id}/password-code").status_code == 401
    made(http, officer, foreign)
    made(http, officer, auditor)
    made(http, officer, sign_in("officer"))
    nobody = Person(applicant.account_id, applicant.account_id, "")
    assert made(http, officer, nobody, 404)["code"] == "not_found"


def test_codes_for_passwords_are_no_slips(http: FlaskClient, database: Database, sign_in: SignIn) -> None:
    officer, member = sign_in("officer"), sign_in()
    told = made(http, officer, member)
    body = {"number": "M1", "code": told["code"], "username": "other", "password": NEW}
    assert http.post("/api/v1/accounts", json=body).status_code == 409
    used(http, told["username"], told["code"])
    figures = http.get("/api/v1/accounts/figures", headers=officer.headers).get_json()["items"]
    assert sum(one["used"] for one in figures) == 0
