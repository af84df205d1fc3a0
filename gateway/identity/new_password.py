"""Changing one's own password. The current one is required, and failures are throttled as at sign-in.

With a password that another person set, nothing but this is allowed until the owner has chosen a new one.
"""

from __future__ import annotations

from flask import Flask, request

from gateway.identity import passwords, sessions
from gateway.identity.accounts import account_named, subject_of
from gateway.identity.current import current_account
from gateway.identity.passwords import Secret
from gateway.identity.sessions import SignedIn
from gateway.identity.sign_in import check_password
from gateway.identity.tables import Account
from gateway.runtime import gateway
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn

MADE_BYTES = 12
"""Random bytes in a generated password: 96 bits."""
OWN_PASSWORD = "password.is_own"
"""The rule that refuses everything else until the owner of an account has chosen a password."""
_OPEN = frozenset(
    {
        "/api/v1/me",
        "/api/v1/me/password",
        "/api/v1/sessions",
        "/api/v1/sessions/current",
        "/me/password",
        "/preferences/language",
        "/preferences/theme",
        "/sign-in",
        "/sign-out",
    }
)
_OPEN_BELOW = ("/healthz", "/assets/", "/favicon.ico")


def install(app: Flask) -> None:
    """Refuse everything except changing the password for accounts whose password another person set."""
    app.before_request(_require_own_password)


def _require_own_password() -> None:
    if request.path in _OPEN or request.path.startswith(_OPEN_BELOW):
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
    subject = f"account/{account.id}" if account.program_role is None else subject_of(account.id)
    note_change(tx, subject, {"password_changed_at": (account.password_changed_at, tx.now)})
    account.password_hash, account.password_changed_at = made.hash, tx.now
    account.must_change_password = account.program_role is None
    sessions.close_sessions_of(tx, account.id)


def change_password(account: SignedIn, current: str, new: str) -> None:
    """Change a password; all other sessions of the account end.

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
    with gateway().transaction() as tx:
        row = tx.session.get_one(Account, account.account_id)
        row.password_hash, row.password_changed_at, row.must_change_password = new_hash, tx.now, False
        sessions.close_sessions_of(tx, account.account_id, but=account.session_id)
