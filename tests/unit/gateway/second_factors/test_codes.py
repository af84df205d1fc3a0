"""The second step with a code: of an authenticator app or a recovery code, each once, and of the own account only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from deploy.union import tables_of
from gateway.identity import sessions
from gateway.identity.factors import codes
from gateway.identity.factors.tables import PendingSignIn, RecoveryCode, TotpFactor
from gateway.identity.tables import Account
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.security.key_rotation import encrypted_columns
from tests.support.authenticator import code_of
from tests.unit.gateway.second_factors.conftest import Owner, later
from tests.unit.gateway.signing_in import bearer

OwnerOf = Callable[..., Owner]


def test_signing_in_takes_two_steps_and_the_first_opens_nothing(owner: Owner) -> None:
    owner.enrols()
    before = owner.token
    with later(60):
        reply = owner.signs_in()
        told = reply.get_json()
        assert (reply.status_code, told["code"], told["rule"]) == (
            401,
            "second_factor_required",
            "second_factor.is_given",
        )
        assert told["params"]["methods"] == ["totp", "recovery"]
        attempt = told["params"]["attempt"]
        assert owner.http.get("/api/v1/me", headers=bearer(attempt)).status_code == 401
        opened = owner.second_step(attempt, code_of(owner.secret))
        assert opened.status_code == 201, opened.text
        assert opened.get_json()["token"] not in (attempt, before)
        (session, _) = owner.sends("GET", "/me/sessions").get_json()["items"]
        assert (session["second_factor"], session["current"]) == ("totp", True)
        assert owner.second_step(attempt, owner.codes[0]).get_json()["rule"] == "second_factor.is_under_way"


def test_enrolling_ends_sessions_that_were_opened_without_it(owner: Owner) -> None:
    other = owner.token
    assert owner.signs_in().status_code == 201
    owner.enrols()
    assert owner.http.get("/api/v1/me", headers=bearer(other)).status_code == 401
    state = owner.sends("GET", "/me/second-factor").get_json()
    assert (state["required"], state["recovery_codes"], state["passkeys"]) == (False, 10, [])
    assert state["since"]
    assert state["totp_since"]
    kinds = [one["kind"] for one in owner.sends("GET", "/me/notices").get_json()["items"]]
    assert kinds == ["second_factor_added"]


def test_secrets_and_recovery_codes_are_not_stored_in_the_clear(owner: Owner, database: Database) -> None:
    owner.enrols()
    with database.engine.connect() as connection:
        secret = connection.execute(sa.text("SELECT secret FROM totp_factor")).scalar_one()
        hashes = connection.execute(sa.text("SELECT code_hash FROM recovery_code")).scalars().all()
    assert owner.secret not in secret
    assert len(set(owner.codes)) == len(hashes) == 10
    assert not {code.replace("-", "") for code in owner.codes} & set(hashes)


@pytest.mark.parametrize("skew", [-1, 0, 1])
def test_a_clock_may_differ_by_one_step(owner: Owner, skew: int) -> None:
    owner.enrols()
    with later(300):
        code = code_of(owner.secret, clock.now() + timedelta(seconds=30 * skew))
        assert owner.second_step(owner.first_step(), code).status_code == 201


@pytest.mark.parametrize("skew", [-2, 2])
def test_a_clock_that_differs_by_two_steps_is_refused(owner: Owner, skew: int) -> None:
    owner.enrols()
    with later(300):
        code = code_of(owner.secret, clock.now() + timedelta(seconds=30 * skew))
        refused = owner.second_step(owner.first_step(), code)
    assert (refused.status_code, refused.get_json()["rule"]) == (401, "second_factor.matches")


def test_a_code_is_good_once_and_no_earlier_one_after_it(owner: Owner) -> None:
    owner.enrols()
    with later(300):
        now = clock.now()
        earlier = code_of(owner.secret, now - timedelta(seconds=30))
        assert owner.second_step(owner.first_step(), code_of(owner.secret)).status_code == 201
        for again in (code_of(owner.secret), earlier):
            assert owner.second_step(owner.first_step(), again).get_json()["rule"] == "second_factor.matches"
        ahead = code_of(owner.secret, now + timedelta(seconds=30))
        assert owner.second_step(owner.first_step(), ahead).status_code == 201


def test_the_code_that_set_the_app_up_is_used(owner: Owner) -> None:
    with clock.frozen(clock.now()):
        owner.enrols()
        assert owner.second_step(owner.first_step(), code_of(owner.secret)).status_code == 401


def test_a_recovery_code_is_good_once_and_its_owner_is_told(owner: Owner) -> None:
    owner.enrols()
    typed = f" {owner.codes[3].lower().replace('-', ' ')} "
    assert owner.second_step(owner.first_step(), typed).status_code == 201
    assert owner.sends("GET", "/me/second-factor").get_json()["recovery_codes"] == 9
    assert "recovery_code_used" in [one["kind"] for one in owner.sends("GET", "/me/notices").get_json()["items"]]
    assert owner.second_step(owner.first_step(), owner.codes[3]).status_code == 401
    assert owner.second_step(owner.first_step(), owner.codes[4]).status_code == 201


def test_codes_of_another_account_do_not_fit(owner: Owner, owner_of: OwnerOf) -> None:
    other = owner_of("zhao").enrols()
    owner.enrols()
    with later(300):
        for code in (code_of(other.secret), other.codes[0]):
            assert owner.second_step(owner.first_step(), code).status_code == 401
        # And they are not used up by it.
        assert other.second_step(other.first_step(), other.codes[0]).status_code == 201


def test_wrong_codes_are_throttled_and_a_right_one_then_too(owner: Owner) -> None:
    owner.enrols()
    with later(300):
        attempt = owner.first_step()
        statuses = [owner.second_step(attempt, "000000").status_code for _ in range(7)]
        assert statuses == [401] * 5 + [429] * 2
        blocked = owner.second_step(attempt, code_of(owner.secret))
        assert (blocked.status_code, blocked.get_json()["rule"]) == (429, "sign_in.not_blocked")
    with later(400):
        assert owner.second_step(attempt, code_of(owner.secret)).status_code == 201


def test_guesses_from_many_addresses_are_counted_together(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    owner.enrols()
    monkeypatch.setattr(codes, "PER_ACCOUNT", codes.Allowance(free=8, block=timedelta(minutes=1)))
    attempt = owner.first_step()
    body = {"attempt": attempt, "code": "000000"}
    statuses = []
    for number in range(12):
        there = {"REMOTE_ADDR": f"10.0.0.{number}"}
        statuses.append(owner.http.post("/api/v1/sessions/second-factor", json=body, environ_base=there).status_code)
    assert statuses == [401] * 8 + [429] * 4


def test_a_sign_in_waits_for_ten_minutes(owner: Owner, database: Database) -> None:
    owner.enrols()
    attempt = owner.first_step()
    with later(601):
        over = owner.second_step(attempt, code_of(owner.secret))
    assert (over.status_code, over.get_json()["rule"]) == (409, "second_factor.is_under_way")
    assert owner.second_step("made-up" * 6, "123456").get_json()["rule"] == "second_factor.is_under_way"
    with transaction(database) as tx:
        assert tx.session.scalar(sa.select(PendingSignIn.token_hash)) != attempt


def test_an_account_closed_between_the_steps_opens_nothing(owner: Owner, database: Database) -> None:
    owner.enrols()
    attempt = owner.first_step()
    with transaction(database) as tx:
        tx.session.execute(sa.update(Account).values(disabled_at=tx.now))
    assert owner.second_step(attempt, owner.codes[0]).get_json()["rule"] == "second_factor.is_under_way"
    with database.session() as session:
        unused = sa.select(sa.func.count()).select_from(RecoveryCode).where(RecoveryCode.used_at.is_(None))
        assert session.scalar(unused) == 10


def test_a_new_password_ends_a_sign_in_that_waits(owner: Owner) -> None:
    owner.enrols()
    attempt = owner.first_step()
    change = {"current": "correct horse battery", "new": "another phrase for Wang"}
    assert owner.sends("PUT", "/me/password", **change).status_code == 204
    assert owner.second_step(attempt, owner.codes[0]).get_json()["rule"] == "second_factor.is_under_way"


def test_a_session_of_an_older_replica_opens_nothing(owner: Owner, database: Database) -> None:
    owner.enrols()
    with transaction(database) as tx:
        account = tx.session.scalars(sa.select(Account)).one()
        token, _ = sessions.open_session(tx, account.id, "program")
    assert owner.http.get("/api/v1/me", headers=bearer(token)).status_code == 401


def test_the_first_code_is_checked_too(owner: Owner, database: Database) -> None:
    started = owner.sends("POST", "/me/second-factor/totp").get_json()
    assert started["address"].startswith("otpauth://totp/Gonghui:wang?secret=" + started["secret"])
    wrong = owner.sends("POST", "/me/second-factor/totp/confirm", code="000000")
    assert (wrong.status_code, wrong.get_json()["rule"]) == (422, "second_factor.matches")
    assert owner.signs_in().status_code == 201
    owner.enrols()
    again = owner.sends("POST", "/me/second-factor/totp")
    assert (again.status_code, again.get_json()["rule"]) == (409, "second_factor.is_single")
    with database.session() as session:
        assert session.scalar(sa.select(TotpFactor.last_step)) is not None


def test_a_key_rotation_reaches_the_secret() -> None:
    names = {f"{column.table.name}.{column.name}" for column in encrypted_columns(tables_of("gateway"))}
    assert {"totp_factor.secret", "passkey.name", "pending_sign_in.identity"} <= names
