"""An account with a password, its owner at the API, and the union's public address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from gateway.identity.accounts import create_accounts, with_hashes
from gateway.identity.look_ups import remembered
from gateway.identity.tables import HeldPost, KnownMember
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from tests.support.authenticator import code_of
from tests.unit.gateway.conftest import UNIT, _post
from tests.unit.gateway.signing_in import PASSWORD, bearer, open_session

PUBLIC = "https://union.example.edu.cn"


@pytest.fixture(autouse=True)
def public_address(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", PUBLIC)
    settings_module.reset()


@pytest.fixture
def require(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`require("officer")` requires a second factor of these roles."""

    def require_of(roles: str) -> None:
        monkeypatch.setenv("GONGHUI_SECOND_FACTOR_ROLES", roles)
        settings_module.reset()
        remembered.clear()

    return require_of


@dataclass
class Owner:
    """Somebody who signs in with name and password, and what the second factor needs."""

    http: FlaskClient
    username: str
    member_id: UUID
    token: str = ""
    secret: str = ""
    codes: list[str] = field(default_factory=list)

    def sends(self, method: str, path: str, **body: Any) -> Any:
        options = {"json": body} if method != "GET" else {}
        return self.http.open(f"/api/v1{path}", method=method, headers=bearer(self.token), **options)

    def signs_in(self) -> Any:
        """Take the first step; without second factor it is the last."""
        reply = open_session(self.http, self.username)
        if reply.status_code == 201:
            self.token = reply.get_json()["token"]
        return reply

    def first_step(self) -> str:
        """Take the first step and return the token of the second."""
        reply = self.signs_in()
        assert (reply.status_code, reply.get_json()["rule"]) == (401, "second_factor.is_given"), reply.text
        attempt: str = reply.get_json()["params"]["attempt"]
        return attempt

    def second_step(self, attempt: str, code: str) -> Any:
        reply = self.http.post("/api/v1/sessions/second-factor", json={"attempt": attempt, "code": code})
        if reply.status_code == 201:
            self.token = reply.get_json()["token"]
        return reply

    def enrols(self) -> Owner:
        """Set up an authenticator app."""
        started = self.sends("POST", "/me/second-factor/totp")
        assert started.status_code == 200, started.text
        self.secret = started.get_json()["secret"]
        confirmed = self.sends("POST", "/me/second-factor/totp/confirm", code=code_of(self.secret))
        assert confirmed.status_code == 200, confirmed.text
        self.codes = confirmed.get_json()["recovery_codes"]
        return self


@pytest.fixture
def owner_of(http: FlaskClient, database: Database) -> Callable[..., Owner]:
    """`owner_of("wang", "officer")` makes an account with a password for somebody with these posts, signed in."""

    def make(username: str, *roles: str) -> Owner:
        member_id = uuid7()
        rows = with_hashes([{"username": username, "password": PASSWORD, "member_id": member_id}])
        with transaction(database) as tx:
            create_accounts(tx, rows)
            tx.session.add(KnownMember(member_id=member_id, unit_id=UNIT, standing="active", sequence=1))
            tx.session.add_all(_post(member_id, UNIT, role) for role in roles)
        owner = Owner(http, username, member_id)
        assert owner.signs_in().status_code == 201
        return owner

    return make


@pytest.fixture
def owner(owner_of: Callable[..., Owner]) -> Owner:
    return owner_of("wang")


def give_post(database: Database, member_id: UUID, role: str) -> None:
    with transaction(database) as tx:
        post: HeldPost = _post(member_id, UNIT, role)
        tx.session.add(post)
    remembered.clear()


def later(seconds: int) -> Any:
    """The time that many seconds from now; frozen within `with`."""
    return clock.frozen(clock.now() + timedelta(seconds=seconds))
