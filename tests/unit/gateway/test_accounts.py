"""Accounts made with an application or in bulk, and the roles of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.identity.accounts import bind_members, create_accounts, create_program_account, with_hashes
from gateway.identity.passwords import hash_password
from gateway.identity.tables import Account, HeldPost, SignedInSession
from gateway.rpc import caching
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, FakeClient
from tests.unit.gateway.signing_in import PASSWORD, SignIn, open_session

APPLICATION = {
    "unit_id": str(UNIT), "employment": "contract", "name": "王新", "gender": "female", "birth_date": "1995-04-03",
    "id_number": "330106199504031234", "phone": "13800138000", "hired_on": "2026-09-01", "consent_version": "1",
}  # fmt: skip


def test_a_role_holds_from_the_first_day_of_its_post_to_the_last(
    http: FlaskClient, sign_in: SignIn, database: Database
) -> None:
    person = sign_in()
    today = clock.today()
    with transaction(database) as tx:
        tx.session.add(
            HeldPost(
                post_id=uuid7(), member_id=person.member_id, unit_id=OTHER_UNIT, role="chair",
                starts_on=today, ends_on=today + timedelta(days=9), ended_on=today + timedelta(days=1), sequence=2,
            )
        )  # fmt: skip
    held = []
    for days in (-1, 0, 1, 2):
        caching.clear_all()
        with clock.frozen(clock.now() + timedelta(days=days) if days else clock.now()), _lasting(database, days):
            roles = http.get("/api/v1/me", headers=person.headers).get_json()["roles"]
            held.append(("chair", str(OTHER_UNIT)) in [(one["role"], one["unit_id"]) for one in roles])
    assert held == [False, True, True, False]


def _lasting(database: Database, days: int) -> Any:
    """Let sessions last while the clock is moved."""
    from contextlib import contextmanager

    @contextmanager
    def extended() -> Iterator[None]:
        with transaction(database) as tx:
            tx.session.execute(sa.update(SignedInSession).values(expires_at=tx.now + timedelta(days=days + 1, hours=1)))
        yield

    return extended()


def test_equal_passwords_of_many_accounts_are_hashed_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr("gateway.identity.passwords.hash_password", lambda word: hashed.append(word) or f"hash {word}")
    rows = with_hashes({"username": f"m{number:06d}", "password": PASSWORD} for number in range(2500))
    with transaction(database) as tx:
        assert create_accounts(tx, rows) == 2500
        assert create_accounts(tx, rows[:10]) == 0
    assert hashed == [PASSWORD]
    assert {tuple(row) for row in rows} == {("username", "password_hash")}


def test_an_account_once_bound_to_a_member_stays_bound(database: Database, account: str) -> None:
    first, second = uuid7(), uuid7()
    with transaction(database) as tx:
        account_id = tx.session.scalar(sa.select(Account.id))
        assert account_id is not None
        bind_members(tx, {account_id: first})
        bind_members(tx, {account_id: second})
        assert tx.session.scalar(sa.select(Account.member_id)) == first


def apply(http: FlaskClient, **changes: Any) -> Any:
    body = {**APPLICATION, "username": "newcomer", "password": PASSWORD, **changes}
    return http.post("/api/v1/membership/applications", json=body)


def test_an_application_with_a_user_name_makes_the_account_that_applied(
    http: FlaskClient, services: FakeClient, database: Database
) -> None:
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    assert apply(http).status_code == 201
    asked = services.asked[0]
    assert not {"username", "password"} & asked.payload.keys()
    with database.session() as session:
        account = session.scalars(sa.select(Account)).one()
    assert asked.context.principal.account_id == account.id
    assert asked.context.principal.roles == {"applicant"}
    assert open_session(http, "newcomer").status_code == 201


def test_a_refused_application_takes_its_account_back(
    http: FlaskClient, services: FakeClient, database: Database
) -> None:
    services.answers["membership.submit_application"] = InvalidInput("Not a valid number.", field="id_number")
    assert apply(http).status_code == 422
    with database.session() as session:
        assert session.scalars(sa.select(Account)).all() == []


def test_when_the_outcome_is_unknown_the_account_stays_and_the_repeat_is_the_same_person(
    http: FlaskClient, services: FakeClient
) -> None:
    services.answers["membership.submit_application"] = Unavailable("Away.")
    assert apply(http).status_code == 503
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    assert apply(http).status_code == 201
    first, second = (asked.context.principal.account_id for asked in services.asked)
    assert first == second
    taken = apply(http, password="somebody elses password")
    assert taken.status_code == 409
    assert taken.get_json()["rule"] == "username.is_free"


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"password": None}, 422, "password"),
        ({"username": None}, 422, "username"),
        ({"password": "short"}, 422, "password"),
        ({"username": "has space"}, 422, "username"),
        ({"username": "../etc"}, 422, "username"),
    ],
)
def test_an_account_at_fault_is_refused_before_membership_is_asked(
    http: FlaskClient, services: FakeClient, changes: dict[str, Any], status: int, field: str
) -> None:
    response = apply(http, **changes)
    assert response.status_code == status
    assert field in response.get_json()["errors"]
    assert services.asked == []


def test_public_applications_are_limited_per_address(http: FlaskClient, services: FakeClient) -> None:
    services.answers["membership.submit_application"] = {"id": str(uuid7()), "version": 1}
    statuses = [http.post("/api/v1/membership/applications", json=APPLICATION).status_code for _ in range(301)]
    assert statuses[:300] == [201] * 300
    assert statuses[300] == 429


def test_a_program_has_one_role_and_signs_in_like_anybody(http: FlaskClient, database: Database) -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD + " anew")
    with transaction(database) as tx:
        create_program_account(tx, "hr-system", first, "hr")
    credentials = {"username": "hr-system", "password": PASSWORD}
    token = http.post("/api/v1/sessions", json=credentials).json["token"]
    me = http.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json
    assert ([grant["role"] for grant in me["roles"]], me["member_id"]) == (["hr"], None)
    with transaction(database) as tx:
        create_program_account(tx, "hr-system", second, "hr")
    assert http.post("/api/v1/sessions", json=credentials).status_code == 401


def test_a_persons_account_never_becomes_a_programs(sign_in: SignIn, database: Database) -> None:
    person = sign_in()
    with transaction(database) as tx:
        username = tx.session.get_one(Account, person.account_id).username
    with transaction(database) as tx, pytest.raises(ValueError, match="person"):
        create_program_account(tx, username, "-", "hr")
    with transaction(database) as tx, pytest.raises(ValueError, match="roles"):
        create_program_account(tx, "another-system", "-", "officer")
