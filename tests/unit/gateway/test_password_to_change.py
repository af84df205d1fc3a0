"""A password that somebody else set opens nothing but the change of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from gateway.identity.accounts import create_program_account
from gateway.identity.new_password import MADE_BYTES, set_for_owner
from gateway.identity.passwords import hash_password, new_secret
from services.chassis.database.engine import Database
from services.chassis.database.history import ChangeHistory
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotFound
from tests.unit.gateway.signing_in import bearer, open_session

NEW = "a phrase of her own choosing"


@pytest.fixture
def handed_over(account: str, database: Database) -> str:
    """The password an operator gave to Wang."""
    made = new_secret(MADE_BYTES)
    with transaction(database) as tx:
        set_for_owner(tx, "Wang", made)
    return made.text


def test_until_it_is_changed_everything_else_is_refused_by_the_rule(http: FlaskClient, handed_over: str) -> None:
    opened = open_session(http, password=handed_over).get_json()
    assert opened["must_change_password"]
    token = bearer(opened["token"])
    assert http.get("/api/v1/me", headers=token).get_json()["must_change_password"]
    for path in ("me/home", "me/sessions", "membership/members", "governance/plan", "calendar"):
        refused = http.get(f"/api/v1/{path}", headers=token)
        told = refused.get_json()
        assert (refused.status_code, told["rule"], told["code"]) == (
            403,
            "password.is_own",
            "password_change_required",
        ), path
    assert http.put("/api/v1/me/language", json={"language": "en"}, headers=token).status_code == 403
    change = {"current": handed_over, "new": NEW}
    assert http.put("/api/v1/me/password", json=change, headers=token).status_code == 204
    assert http.get("/api/v1/me/sessions", headers=token).status_code == 200
    again = open_session(http, password=NEW).get_json()
    assert not again["must_change_password"]


def test_the_one_that_was_handed_over_can_not_be_kept(http: FlaskClient, handed_over: str) -> None:
    token = bearer(open_session(http, password=handed_over).get_json()["token"])
    change = {"current": handed_over, "new": handed_over}
    refused = http.put("/api/v1/me/password", json=change, headers=token)
    assert (refused.status_code, refused.get_json()["rule"]) == (422, "password.is_new")
    assert http.get("/api/v1/me/sessions", headers=token).status_code == 403
    assert http.delete("/api/v1/sessions/current", headers=token).status_code == 204


def test_sessions_end_and_it_is_noted_who_did_it(http: FlaskClient, account: str, database: Database) -> None:
    token = bearer(open_session(http).get_json()["token"])
    made = new_secret(MADE_BYTES)
    with transaction(database) as tx:
        set_for_owner(tx, "wang", made)
    assert http.get("/api/v1/me", headers=token).status_code == 401
    with database.session() as session:
        (noted,) = session.query(ChangeHistory).all()
    assert set(noted.changes) == {"password_changed_at"}
    assert made.text not in str(noted.changes)


def test_a_program_keeps_its_password_and_a_stranger_has_none(http: FlaskClient, database: Database) -> None:
    first, made = hash_password("a phrase for machines"), new_secret(MADE_BYTES)
    with transaction(database) as tx:
        create_program_account(tx, "hr-system", first, "hr")
    with transaction(database) as tx:
        set_for_owner(tx, "hr-system", made)
        with pytest.raises(NotFound):
            set_for_owner(tx, "nobody", made)
    assert not open_session(http, "hr-system", made.text).get_json()["must_change_password"]
