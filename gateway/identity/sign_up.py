"""Applying to join and opening an account in one step.

The account is created first, and the application is made by it. When membership refuses, the account is deleted, so
that the corrected form can use the same name. When the outcome is unknown, the account stays: the applicant can sign in
and see whether the application arrived, or apply again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.http.rate_limits import require_below
from gateway.identity import passwords
from gateway.identity.accounts import account_named, create_account, require_username
from gateway.identity.addresses import asking_network
from gateway.identity.current import current_account
from gateway.identity.grants import APPLICANT
from gateway.identity.sign_in import check_password
from gateway.identity.tables import Account
from gateway.rpc.calls import call
from gateway.runtime import gateway
from services.chassis.errors import Conflict, InvalidInput, NotSignedIn, Problem, Unavailable
from services.chassis.input_errors import REQUIRED
from services.chassis.security.encryption import pseudonym
from services.chassis.security.principal import Principal
from services.contracts.membership.joining.operations import submit_application

SIGN_UPS = "300/minute"
"""Accounts that one address may create, by page or program: a hall full of newcomers has one address."""

BY_RECEIPT = "300/minute"
"""Requests with a receipt code per address, right or wrong; there are 10**17 codes."""


def apply_for_membership(
    payload: Mapping[str, Any], username: str | None, password: str | None, idempotency_key: str | None = None
) -> dict[str, Any]:
    """Make an application and, if a user name is given, the account to follow it.

    Args:
        payload: the request of membership's `submit_application`, JSON values.
        username: of the account to create; None for an application without account, or by the signed-in account.
        password: of that account.
        idempotency_key: makes a repeat answer the same.

    Raises:
        Conflict: the user name is taken, or an account is signed in already.
        Problem: membership refuses the application.
    """
    if username is None and password is None:
        return call(submit_application, payload, idempotency_key=idempotency_key, origin=_origin())
    if not username or not password:
        raise InvalidInput(errors={"password" if username else "username": [REQUIRED]})
    if current_account() is not None:
        raise Conflict("You are signed in; apply with this account.", field="username", rule="sign_up.is_signed_out")
    require_below(SIGN_UPS, "sign_up")
    account_id, is_new = _claim(username, password)
    applicant = Principal(kind="account", account_id=account_id, grants=(APPLICANT,))
    try:
        return call(submit_application, payload, idempotency_key=idempotency_key, principal=applicant, origin=_origin())
    except Unavailable:
        raise
    except Problem:
        if is_new:
            _take_back(account_id)
        raise


def problems_of_account(username: str | None, password: str | None) -> list[Problem]:
    """Return everything that keeps a new account from being opened, before anything is done.

    Args:
        username: as typed; None where nothing was.
        password: as typed.
    """
    found: list[Problem] = []
    for check in (lambda: _require_free(username, password), lambda: _require_password(username, password)):
        try:
            check()
        except Problem as problem:
            found.append(problem)
    return found


def _require_free(username: str | None, password: str | None) -> None:
    if not username:
        raise InvalidInput(errors={"username": [REQUIRED]})
    normal = require_username(username)
    with gateway().transaction() as tx:
        existing = account_named(tx, normal)
    if existing is not None:
        _same_applicant(existing, username, password or "")


def _require_password(username: str | None, password: str | None) -> None:
    if not password:
        raise InvalidInput(errors={"password": [REQUIRED]})
    passwords.require_strong(password, username=(username or "").strip().lower())


def _origin() -> str:
    """Return the keyed hash by which membership counts applications of one network."""
    return pseudonym(asking_network(), "joining.origin")


def _claim(username: str, password: str) -> tuple[UUID, bool]:
    """Create the account, or find it when the request is repeated; return whether it is new."""
    normal = require_username(username)
    with gateway().transaction() as tx:
        existing = account_named(tx, normal)
    if existing is not None:
        return _same_applicant(existing, username, password), False
    passwords.require_strong(password, username=normal)
    password_hash = passwords.hash_password(password)
    with gateway().transaction() as tx:
        return create_account(tx, username=normal, password_hash=password_hash).id, True


def _same_applicant(existing: Account, username: str, password: str) -> UUID:
    taken = Conflict("This user name is taken.", field="username", rule="username.is_free")
    if existing.member_id is not None:
        raise taken
    try:
        return check_password(username, password)
    except NotSignedIn:
        raise taken from None


def _take_back(account_id: UUID) -> None:
    with gateway().transaction() as tx:
        tx.session.execute(sa.delete(Account).where(Account.id == account_id, Account.member_id.is_(None)))
