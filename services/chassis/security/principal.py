"""Principals: signed by the gateway, verified by every service; and authorisation by roles.

Roles are derived from the posts held today; a post in a unit gives its role in that unit only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

import jwt

from services.chassis.clock import now
from services.chassis.errors import NotAllowed, NotSignedIn
from services.chassis.process.settings import settings
from services.chassis.schema import ACCOUNT, PROGRAM, PUBLIC, SYSTEM, Operation

_ALGORITHM = "HS256"
LIFETIME = 120
"""Seconds a signed principal is valid: longer than any deadline, far shorter than a session."""


@dataclass(frozen=True)
class Grant:
    """One role; `unit` is None when the role applies to the whole union.

    `delegation`: the delegation by which it is held for an absent colleague; None for a role of one's own.
    """

    role: str
    unit: UUID | None = None
    delegation: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Principal:
    """The caller. `account` is a signed-in person, `program` another system, `service` a part of Gonghui.

    The grants of a program are its role or its scopes; it may not call operations that are open to all people's
    accounts.
    """

    kind: Literal["account", "anonymous", "program", "service"] = "anonymous"
    account_id: UUID | None = None
    member_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    name: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """All roles, in any unit."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: str) -> bool:
        """Whether it has one of the roles, in any unit."""
        return any(grant.role in roles for grant in self.grants)

    def units(self, role: str) -> frozenset[UUID]:
        """Units in which the role is held."""
        return frozenset(grant.unit for grant in self.grants if grant.role == role and grant.unit is not None)

    @property
    def own_roles(self) -> frozenset[str]:
        """The roles held oneself, not for an absent colleague."""
        return frozenset(grant.role for grant in self.grants if grant.delegation is None)

    @property
    def own_ids(self) -> tuple[UUID, ...]:
        """The ids under which a person is known: the account, and its member."""
        return tuple(one for one in (self.account_id, self.member_id) if one is not None)

    @property
    def actor(self) -> str:
        """Stable name for the change history: the account's id, or the service's name."""
        return str(self.account_id) if self.account_id else (self.name or self.kind)


ANONYMOUS = Principal()


def service_principal(name: str) -> Principal:
    """Return the principal of a service acting for the union itself."""
    return Principal(kind="service", name=name)


def may_call(principal: Principal, operation: Operation) -> bool:
    """Whether the operation's list of roles allows this principal."""
    allow = operation.allow
    if PUBLIC in allow:
        return True
    if principal.kind == "service":
        return SYSTEM in allow
    if (principal.kind == "account" and ACCOUNT in allow) or (principal.kind == "program" and PROGRAM in allow):
        return True
    return bool((principal.roles if operation.delegable else principal.own_roles) & allow)


def delegation_of(principal: Principal, operation: Operation) -> UUID | None:
    """Return the delegation without which the principal could do no more with the operation than any member."""
    offices = [grant for grant in principal.grants if grant.role in operation.allow and grant.role != "member"]
    if not offices or any(grant.delegation is None for grant in offices):
        return None
    return offices[0].delegation


def authorise(principal: Principal, operation: Operation) -> None:
    """Raise `NotSignedIn` or `NotAllowed` unless the principal may call the operation."""
    if may_call(principal, operation):
        return
    if principal.kind == "anonymous":
        raise NotSignedIn("Sign in first.", rule="signed_in")
    if principal.roles & operation.allow:
        raise NotAllowed("Only who holds the post may do this, not a deputy.", rule="holder_allows")
    roles = sorted(operation.allow - {SYSTEM, PROGRAM})
    raise NotAllowed(f"This needs one of the roles: {', '.join(roles)}.", rule="role_allows", params={"roles": roles})


def for_operation(principal: Principal, operation: Operation) -> Principal:
    """Return the caller as an operation knows it: what auditors may not call gives an auditor no further sight.

    An auditor may chair a unit too; as its chair one acts on that unit only, not on all that an auditor looks at.
    """
    if not principal.has("auditor") or operation.allow & {"auditor", ACCOUNT, PUBLIC}:
        return principal
    return replace(principal, grants=tuple(grant for grant in principal.grants if grant.role != "auditor"))


def require_unit(principal: Principal, unit_id: UUID, *, also: tuple[str, ...] = ("officer", "auditor")) -> None:
    """Raise `NotAllowed` unless the principal chairs the unit, holds a union-wide role in `also`, or is a service."""
    if principal.kind == "service" or principal.has(*also) or unit_id in principal.units("chair"):
        return
    raise NotAllowed("This belongs to another unit.", rule="own_unit")


def require_member(principal: Principal, detail: str, *, rule: str = "own_record") -> UUID:
    """Return the member of the caller's account.

    Args:
        principal: the caller.
        detail: why an account without membership is refused.
        rule: of the refusal.

    Raises:
        NotAllowed: the caller is no member.
    """
    if principal.member_id is None:
        raise NotAllowed(detail, rule=rule)
    return principal.member_id


def claims_of(principal: Principal) -> dict[str, Any]:
    """Return the principal as JSON values; `principal_of` reads them back."""
    delegated = {str(at): str(one.delegation) for at, one in enumerate(principal.grants) if one.delegation}
    return {
        **({"dlg": delegated} if delegated else {}),
        "kind": principal.kind,
        "acc": str(principal.account_id) if principal.account_id else None,
        "mem": str(principal.member_id) if principal.member_id else None,
        "gra": [[grant.role, str(grant.unit) if grant.unit else None] for grant in principal.grants],
        "nam": principal.name,
    }


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """Return the principal of what `claims_of` gave."""
    delegated = {int(at): UUID(one) for at, one in claims.get("dlg", {}).items()}
    return Principal(
        kind=claims["kind"],
        account_id=UUID(claims["acc"]) if claims["acc"] else None,
        member_id=UUID(claims["mem"]) if claims["mem"] else None,
        grants=tuple(
            Grant(role, UUID(unit) if unit else None, delegated.get(at))
            for at, (role, unit) in enumerate(claims["gra"])
        ),
        name=claims["nam"],
    )


def sign(principal: Principal, operation: str) -> str:
    """Return the token that carries the principal to a service, for a call of one operation (its id) alone."""
    claims = {**claims_of(principal), "op": operation, "exp": int(now().timestamp()) + LIFETIME}
    return jwt.encode(claims, settings().signing_key, algorithm=_ALGORITHM)


def verify(token: str, operation: str) -> Principal:
    """Return the principal a token carries to an operation.

    A token without operation was signed by the previous release, which may still run beside this one.

    Raises:
        NotSignedIn: the token is forged, malformed, expired or was signed for another operation.
    """
    try:
        # Uses `clock` and not the library's own, so that a test can stop the time.
        options: Any = {"require": ["exp"], "verify_exp": False}
        claims = jwt.decode(token, settings().signing_key, algorithms=[_ALGORITHM], options=options)
        expired = int(claims["exp"]) <= now().timestamp()
    except (jwt.InvalidTokenError, TypeError, ValueError) as error:
        raise NotSignedIn("The caller's signature is not valid.", rule="principal_is_signed") from error
    if expired:
        raise NotSignedIn("The caller's signature has expired.", rule="principal_is_signed")
    if claims.get("op", operation) != operation:
        raise NotSignedIn("The caller's signature is for another operation.", rule="principal_is_signed")
    return principal_of(claims)
