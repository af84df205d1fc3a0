"""Second factors on each database: a code of two requests at once, through two gateways, opens one session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.identity.accounts import create_accounts, with_hashes
from gateway.identity.factors import codes
from gateway.identity.factors.pending import begin, forget_expired
from gateway.identity.factors.tables import PendingSignIn, RecoveryCode, TotpFactor
from gateway.identity.tables import Account, SignedInSession
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process import settings as settings_module
from tests.support.authenticator import Authenticator, code_of
from tests.unit.gateway.conftest import PASSWORD
from tests.unit.gateway.second_factors.conftest import PUBLIC

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT_ONCE = 4


@pytest.fixture
def account_id(database: Database) -> UUID:
    """An account with an authenticator app."""
    rows = with_hashes([{"username": "wang", "password": PASSWORD}])
    with transaction(database) as tx:
        create_accounts(tx, rows)
        account = tx.session.scalars(sa.select(Account)).one()
        account.second_factor_since = tx.now
        tx.session.add(TotpFactor(account_id=account.id, secret=SECRET, started_at=tx.now, confirmed_at=tx.now))
        return account.id


def attempts_of(database: Database, account_id: UUID, count: int) -> list[str]:
    with transaction(database) as tx:
        account = tx.session.get_one(Account, account_id)
        return [begin(tx, account, "program").token for _ in range(count)]


def finished(app: Flask, bodies: list[dict[str, str]], path: str = "second-factor") -> list[int]:
    """Send all at once; return the statuses in order."""

    def send(body: dict[str, str]) -> int:
        return int(app.test_client().post(f"/api/v1/sessions/{path}", json=body).status_code)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(send, bodies))


def opened(database: Database) -> int:
    with database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SignedInSession)) or 0


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_one_code_in_several_sign_ins_at_once_opens_one(
    app: Flask, database: Database, account_id: UUID, kind: str
) -> None:
    with transaction(database) as tx:
        code = code_of(SECRET) if kind == "totp" else codes.new_set(tx, account_id)[0]
    tokens = attempts_of(database, account_id, AT_ONCE)
    statuses = finished(app, [{"attempt": token, "code": code} for token in tokens])
    assert statuses == [201, 401, 401, 401]
    assert opened(database) == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_several_codes_in_one_sign_in_open_one_session(app: Flask, database: Database, account_id: UUID) -> None:
    with transaction(database) as tx:
        made = codes.new_set(tx, account_id)[:AT_ONCE]
    (token,) = attempts_of(database, account_id, 1)
    assert finished(app, [{"attempt": token, "code": code} for code in made]) == [201, 409, 409, 409]
    with database.session() as session:
        used = sa.select(sa.func.count()).select_from(RecoveryCode).where(RecoveryCode.used_at.is_not(None))
        assert session.scalar(used) == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_one_answer_of_a_passkey_sent_several_times_opens_one_session(
    app: Flask, database: Database, account_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", PUBLIC)
    settings_module.reset()
    http = app.test_client()
    (token,) = attempts_of(database, account_id, 1)
    step = {"attempt": token, "code": code_of(SECRET)}
    headers = {"Authorization": f"Bearer {http.post('/api/v1/sessions/second-factor', json=step).get_json()['token']}"}
    made: Any = http.post("/api/v1/me/second-factor/passkeys/options", headers=headers).get_json()
    key = Authenticator(PUBLIC, counts=False)
    body = {"state": made["state"], "credential": key.create(made["options"]), "name": "手机"}
    assert http.post("/api/v1/me/second-factor/passkeys", json=body, headers=headers).status_code == 201
    asked: Any = http.post("/api/v1/sessions/passkey/options", json={}).get_json()
    answer = {"state": asked["state"], "credential": key.get(asked["options"])}
    assert finished(app, [answer] * AT_ONCE, "passkey") == [201, 409, 409, 409]
    assert opened(database) == 2


@pytest.mark.databases("postgresql", "sqlite")
def test_sign_ins_that_nobody_finished_are_deleted(app: Flask, database: Database, account_id: UUID) -> None:
    attempts_of(database, account_id, 2)
    with clock.frozen(clock.now() + timedelta(minutes=5)), transaction(database) as tx:
        forget_expired(tx)
        assert len(tx.session.scalars(sa.select(PendingSignIn)).all()) == 2
    with clock.frozen(clock.now() + timedelta(minutes=11)), transaction(database) as tx:
        forget_expired(tx)
        assert tx.session.scalars(sa.select(PendingSignIn)).all() == []
