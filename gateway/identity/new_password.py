"""Changing one's own password. The one that holds is asked for, and guesses at it are slowed down like any other."""

from __future__ import annotations

from gateway.identity import passwords, sessions
from gateway.identity.sessions import SignedIn
from gateway.identity.sign_in import check_password
from gateway.identity.tables import Account
from gateway.runtime import gateway
from services.chassis.errors import InvalidInput, NotSignedIn


def change_password(account: SignedIn, current: str, new: str) -> None:
    """Change a password; every session of the account but the one that asks ends.

    Raises:
        InvalidInput: the current password is wrong (`field="current"`), or the new one too weak (`field="new"`).
        TooMany: too many wrong ones for this account or from this address.
    """
    try:
        check_password(account.username, current)
    except NotSignedIn:
        raise InvalidInput("This is not the current password.", field="current", rule="password.is_current") from None
    passwords.require_strong(new, username=account.username, field="new")
    new_hash = passwords.hash_password(new)
    with gateway().transaction() as tx:
        row = tx.session.get_one(Account, account.account_id)
        row.password_hash, row.password_changed_at = new_hash, tx.now
        sessions.close_sessions_of(tx, account.account_id, but=account.session_id)
