"""Who asks in tests: accounts with their roles, and headers of a call that is made past the broker."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import jwt

from services.chassis.clock import now
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import LIFETIME, Grant, Principal, claims_of


def headers_of(context: CallContext) -> dict[str, Any]:
    """Return a context as headers whose signature names no operation, as the release before signed."""
    claims = {**claims_of(context.principal), "exp": int(now().timestamp()) + LIFETIME}
    token = jwt.encode(claims, settings().signing_key, algorithm="HS256")
    return {**context.to_headers(""), "principal": token}


def officer() -> Principal:
    """Return the account of an officer of the union, who is a member too."""
    return Principal("account", uuid4(), uuid4(), (Grant("officer"), Grant("member")))


def auditor() -> Principal:
    """Return the account of an auditor, who is a member too."""
    return Principal("account", uuid4(), uuid4(), (Grant("auditor"), Grant("member")))


def chair_of(*unit_ids: UUID, member_id: UUID | None = None) -> Principal:
    """Return the account of a member who chairs these units."""
    grants = (*(Grant("chair", unit_id) for unit_id in unit_ids), Grant("member"))
    return Principal("account", uuid4(), member_id or uuid4(), grants)


def member_account(member_id: UUID | None = None) -> Principal:
    """Return the account of an ordinary member."""
    return Principal("account", uuid4(), member_id or uuid4(), (Grant("member"),))


def applicant_account() -> Principal:
    """Return the account of somebody who is not a member yet."""
    return Principal("account", uuid4(), None, (Grant("applicant"),))
