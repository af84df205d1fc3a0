"""What every measurement stands on: the running union, its members' sessions, activities to register for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import Any

import requests
import sqlalchemy as sa

from gateway.identity.sessions import hash_of
from gateway.identity.tables import Account, KnownMember, SignedInSession
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from tests.e2e.stories import activity
from tests.load.client import Request, Shot, fire
from tests.support.api import Api, eventually
from tests.support.postgres import DatabaseServer
from tests.support.rabbitmq import Broker
from tests.support.stack import RealStack
from tests.support.waiting import wait_until

CLIENTS = 32
"""Callers at once where a page is read."""


@dataclass
class Ground:
    """A real stack with a demo union in it. `quick` makes every measurement shorter and less exact."""

    stack: RealStack
    broker: Broker
    server: DatabaseServer
    constant_port: int
    quick: bool
    tokens: list[str] = field(default_factory=list)
    _cookies: dict[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long one measurement lasts."""
        return 1.5 if self.quick else 4.0

    @property
    def rounds(self) -> int:
        """How often a measurement is taken; the median counts."""
        return 1 if self.quick else 3

    @cached_property
    def officer(self) -> Api:
        """Somebody who may schedule activities and see every member."""
        return Api(self.stack.url).sign_in("officer")

    def sign_members_in(self) -> None:
        """Open a session for every account m000001, …, in the database: signing in is not what is measured."""
        expires_at = datetime.now(UTC) + timedelta(hours=12)
        database = Database(self.stack.env["GONGHUI_GATEWAY_DATABASE_URL"], pool_size=1)
        with database.session() as session:
            # The demo union lets some members retire and leave: they sign in, but register for nothing.
            takes_part = KnownMember.standing.in_(("active", "transferring"))
            chosen = sa.select(Account.id).join(KnownMember, KnownMember.member_id == Account.member_id)
            accounts = session.scalars(chosen.where(Account.username.like("m______"), takes_part))
            self.tokens = []
            rows = []
            for account_id in accounts:
                token = secrets.token_urlsafe(32)
                self.tokens.append(token)
                rows.append(_session_row(account_id, token, expires_at))
            session.execute(sa.insert(SignedInSession), rows)
        database.close()

    def start_what_ended(self) -> None:
        """Start processes of the union that are no longer there, and wait until all are ready."""
        for process in self.stack.processes.values():
            if process.why_ended():
                process.start()
        for service, process in self.stack.processes.items():
            wait_until(partial(self.stack.is_ready, service), what=service, failed=process.why_ended)

    def schedule(self, **facts: Any) -> str:
        """Schedule an activity, wait until everybody can see it, and return its id."""
        made = self.officer.post("/activities", activity(title="抢票活动", title_en="Rush", **facts), status=201)
        eventually(lambda: self.officer.send("GET", f"/activities/{made['id']}").ok)
        return str(made["id"])

    def fire(self, requests_: list[Request], **options: Any) -> Shot:
        """Send requests to the gateway."""
        return fire(self.stack.port, requests_, **options)

    def cookies_of(self, token: str) -> str:
        """The cookies a browser signed in by this token has after it has seen a page."""
        if token not in self._cookies:
            self._cookies[token] = self._cookies_after_a_page(token)
        return self._cookies[token]

    def _cookies_after_a_page(self, token: str) -> str:
        answer = requests.get(f"{self.stack.url}/home", cookies={"gonghui_session": token}, timeout=30)
        kept = {"gonghui_session": token, **answer.cookies.get_dict()}
        return "; ".join(f"{name}={value}" for name, value in kept.items())


def bearer(token: str) -> dict[str, str]:
    """The headers of a program signed in by a token."""
    return {"Authorization": f"Bearer {token}"}


def _session_row(account_id: Any, token: str, expires_at: datetime) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "token_hash": hash_of(token),
        "account_id": account_id,
        "kind": "program",
        "created_at": datetime.now(UTC),
        "expires_at": expires_at,
    }
