"""Changing one's own password. The current one is required, and failures are throttled as at sign-in.

With a password that another person set, nothing but this is allowed until the owner has chosen a new one.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, request

from gateway.http.public_paths import FOR_EVERY_ACCOUNT, FOR_EVERYBODY
from gateway.identity import invitations, passwords, sessions
from gateway.identity.accounts import account_named, history_of_account, subject_of
from gateway.identity.current import current_account, current_context
from gateway.identity.passwords import Secret
from gateway.identity.sessions import SignedIn
from gateway.identity.sign_in import check_password
from gateway.identity.tables import Account, SignedInSession
from gateway.runtime import gateway
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, Refused

MADE_BYTES = 12
"""Random bytes in a generated password: 96 bits."""
FRESH = timedelta(minutes=15)
"""Age up to which a session proves by itself who is there."""
OWN_PASSWORD = "password.is_own"
"""The rule that refuses everything else until the owner of an account has chosen a password."""


def install(app: Flask) -> None:
    """Refuse everything except changing the password for accounts whose password another person set."""
    app.before_request(_require_own_password)


def _require_own_password() -> None:
    if request.path in FOR_EVERY_ACCOUNT or request.path.startswith(FOR_EVERYBODY):
        return
    account = current_account()
    if account is not None and account.must_change_password:
        raise NotAllowed(
            "Somebody else set this password. Choose one of your own first: PUT /api/v1/me/password.",
            code="password_change_required",
            rule=OWN_PASSWORD,
        )


def set_for_owner(tx: Transaction, username: str, made: Secret) -> None:
    """Set a password from `passwords.new_secret` for an account, and end its sessions.

    A person must change it at the next sign-in; a program keeps it.

    Raises:
        NotFound: there is no such account, or it is closed.
    """
    account = account_named(tx, username)
    if account is None or account.disabled_at is not None:
        raise NotFound("There is no open account of this name; `gonghui accounts list` shows them.")
    subject = history_of_account(account.id) if account.program_role is None else subject_of(account.id)
    note_change(tx, subject, {"password_changed_at": (account.password_changed_at, tx.now)})
    account.password_hash, account.password_changed_at = made.hash, tx.now
    account.must_change_password = account.program_role is None
    _end_others(tx, account)


def has_password(account_id: UUID) -> bool:
    """Whether an account has a password; one opened by an identity provider has none until its owner sets one."""
    with gateway().transaction(readonly=True) as tx:
        return bool(tx.session.scalar(sa.select(Account.password_hash).where(Account.id == account_id)))


def require_password(account: SignedIn, password: str, field: str = "password") -> None:
    """Ask who is there once more; wrong passwords count like failed sign-ins.

    Raises:
        InvalidInput: the password is wrong, or the account has none.
        TooMany: too many wrong ones.
    """
    if not has_password(account.account_id):
        raise InvalidInput("The account has no password yet; set one first.", field=field, rule="password.is_set")
    try:
        check_password(account.username, password)
    except NotSignedIn:
        raise InvalidInput("This is not the password.", field=field, rule="password.is_current") from None


def set_first_password(account: SignedIn, new: str) -> None:
    """Set the password of an account that has none, in a session that an identity provider opened a moment ago.

    Raises:
        Refused: the session is older, was opened otherwise, or the account has a password.
        InvalidInput: the password is too weak.
    """
    passwords.require_strong(new, username=account.username, field="new")
    new_hash = passwords.hash_password(new)
    with gateway().transaction(current_context()) as tx:
        row = tx.session.get_one(Account, account.account_id, with_for_update=True)
        session = tx.session.get(SignedInSession, account.session_id)
        fresh = session is not None and session.provider is not None and session.created_at > tx.now - FRESH
        if row.password_hash or not fresh:
            raise Refused("Sign in by the identity provider again first.", rule="password.is_set_after_sign_on")
        note_change(tx, history_of_account(row.id), {"password_changed_at": (row.password_changed_at, tx.now)})
        row.password_hash, row.password_changed_at, row.must_change_password = new_hash, tx.now, False
        _end_others(tx, row, but=account.session_id)


def change_password(account: SignedIn, current: str, new: str) -> None:
    """Change a password; all other sessions of the account end, and a code for a new password is no longer good.

    Raises:
        InvalidInput: the current password is wrong (`field="current"`), or the new one too weak or the same
            (`field="new"`).
        TooMany: too many wrong ones for this account or from this address.
    """
    try:
        check_password(account.username, current)
    except NotSignedIn:
        raise InvalidInput("This is not the current password.", field="current", rule="password.is_current") from None
    if new == current:
        raise InvalidInput("This is the password in use; choose another.", field="new", rule="password.is_new")
    passwords.require_strong(new, username=account.username, field="new")
    new_hash = passwords.hash_password(new)
    with gateway().transaction(current_context()) as tx:
        row = tx.session.get_one(Account, account.account_id)
        row.password_hash, row.password_changed_at, row.must_change_password = new_hash, tx.now, False
        _end_others(tx, row, but=account.session_id)


def _end_others(tx: Transaction, account: Account, *, but: UUID | None = None) -> None:
    """End what else gives access: other sessions, and a code that somebody had made for a new password."""
    sessions.close_sessions_of(tx, account.id, but=but)
    if account.member_id is not None:
        invitations.revoke(tx, [account.member_id])
