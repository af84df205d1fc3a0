"""An app with a fake client, a database of its own and a way to be signed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app, equip
from gateway.http import rate_limits
from gateway.identity import sessions
from gateway.identity.accounts import create_accounts, with_hashes
from gateway.identity.tables import Account, HeldPost, KnownMember
from gateway.rpc import caching
from gateway.runtime import Gateway
from gateway.tables import Base
from services.chassis import clock
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from tests.support import open_transactions

PASSWORD = "correct horse battery"
UNIT = UUID("018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001")
OTHER_UNIT = UUID("018f3b7a-9a10-7c3e-8b11-5a2f6f6f0009")


@dataclass(frozen=True)
class Asked:
    """One call the fake received."""

    operation: str
    payload: dict[str, Any]
    context: CallContext
    deadline: float | None


@dataclass
class FakeClient:
    """Stands where the RPC client stands: remembers what was asked, answers what the test told it."""

    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float | None = None
    ) -> dict[str, Any]:
        open_transactions.require_none(operation.id)
        self.asked.append(Asked(operation.id, dict(payload), context, deadline))
        answer = self.answers.get(operation.id, {"items": [], "next_cursor": None, "total": None})
        if callable(answer):
            answer = answer(dict(payload))
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Person:
    """Somebody with an account and a session."""

    account_id: UUID
    member_id: UUID | None
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    set_settings(monkeypatch)
    open_transactions.watch(monkeypatch)
    caching.clear_all()
    rate_limits.forget_counts()
    yield
    settings_module.reset()
    caching.clear_all()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with the gateway's tables; tests copy it, which takes less time than making the tables."""
    path = tmp_path_factory.mktemp("empty") / "gateway.sqlite3"
    database = Database(f"sqlite:///{path}")
    ChassisBase.metadata.create_all(database.engine)
    Base.metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{shutil.copy(empty_database, tmp_path)}")
    yield database
    database.close()


@pytest.fixture
def services() -> FakeClient:
    return FakeClient()


@pytest.fixture(scope="session")
def bare_app() -> Flask:
    """The app, put together once; every test equips it anew."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_settings(monkeypatch)
        return create_app(Database("sqlite://"), FakeClient(), with_portal=False)


@pytest.fixture
def app(bare_app: Flask, database: Database, services: FakeClient) -> Flask:
    equip(bare_app, Gateway(client=services, database=database))
    return bare_app


@pytest.fixture(scope="session")
def whole_app() -> Flask:
    """The app with its pages, put together once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_settings(monkeypatch)
        return create_app(Database("sqlite://"), FakeClient())


@pytest.fixture
def app_with_portal(whole_app: Flask, database: Database, services: FakeClient) -> Flask:
    equip(whole_app, Gateway(client=services, database=database))
    return whole_app


@pytest.fixture
def account(database: Database) -> str:
    """An account with `PASSWORD` and no member; its user name."""
    rows = with_hashes([{"username": "Wang", "password": PASSWORD}])
    with transaction(database) as tx:
        create_accounts(tx, rows)
    return "wang"


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in(database: Database) -> Callable[..., Person]:
    """`sign_in("chair", unit=UNIT)` makes an account with these roles and a session."""

    def make(*roles: str, unit: UUID = UNIT, member: bool = True) -> Person:
        member_id = uuid7() if member else None
        with transaction(database) as tx:
            account = Account(
                username=f"user-{uuid7().hex[-12:]}",
                password_hash="-",
                member_id=member_id,
                created_at=tx.now,
                password_changed_at=tx.now,
            )
            tx.session.add(account)
            if member_id is not None:
                tx.session.add(KnownMember(member_id=member_id, unit_id=unit, standing="active", sequence=1))
            for role in roles:
                tx.session.add(_post(member_id, unit, role))
            tx.session.flush()
            token, _ = sessions.open_session(tx, account.id, "program")
        return Person(account.id, member_id, token)

    return make


def set_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the settings keys made for tests, and a deadline that no busy machine exceeds."""
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    monkeypatch.setenv("GONGHUI_RPC_DEADLINE", "60")
    settings_module.reset()


def _post(member_id: UUID | None, unit: UUID, role: str) -> HeldPost:
    today: date = clock.today()
    return HeldPost(
        post_id=uuid7(),
        member_id=member_id,
        unit_id=unit,
        role=role,
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=300),
        sequence=1,
    )
