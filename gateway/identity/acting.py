"""The one role that somebody with several works in, for a session: it narrows what the account may, never widens it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from gateway.identity.accounts import history_of_account
from gateway.identity.grants import OWN_ROLES
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.sessions import SignedIn
from gateway.identity.tables import SignedInSession
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.chassis.security.principal import Grant


def choices(account: SignedIn) -> tuple[Grant, ...]:
    """Return the roles that somebody can choose from: those of the posts and that of a member, if there are several."""
    held = tuple(replace(one, unit=None) if one.role in OWN_ROLES else one for one in account.held)
    return held if len(held) > 1 else ()


def switch_role(tx: Transaction, account: SignedIn, role: str | None, unit_id: UUID | None) -> None:
    """Let a session work in one of the roles its account holds, or in all again without a role.

    Raises:
        Refused: the account does not hold the role.
    """
    chosen = None if role is None else Grant(role, unit_id)
    if chosen is not None and chosen not in choices(account):
        raise Refused("You don't hold this role.", rule="roles.role_is_held", field="role")
    row = tx.get(SignedInSession, account.session_id, "The session has ended.", lock=True)
    before, row.acting_role, row.acting_unit_id = row.acting_role, role, unit_id
    note_change(tx, history_of_account(account.account_id), {"acting_role": (before, role)})
    tx.after_commit(forget_look_ups)


def summary_of(account: SignedIn) -> dict[str, Any]:
    """Return who is signed in, as the API tells it."""
    return {
        "account_id": str(account.account_id),
        "username": account.username,
        "member_id": str(account.member_id) if account.member_id else None,
        "unit_id": str(account.unit_id) if account.unit_id else None,
        "roles": [_told(grant) for grant in account.principal.grants],
        "held_roles": [_told(grant) for grant in account.held],
        "acting_as": _told(account.acting) if account.acting else None,
        "language": account.language,
        "expires_at": account.expires_at.isoformat(),
        "must_change_password": account.must_change_password,
        "must_enrol_second_factor": account.must_enrol,
    }


def _told(grant: Grant) -> dict[str, Any]:
    return {"role": grant.role, "unit_id": _text(grant.unit), "delegation_id": _text(grant.delegation)}


def _text(one: UUID | None) -> str | None:
    return str(one) if one else None
