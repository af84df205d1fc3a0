"""What an account's owner does with second factors: enrolling, new recovery codes, removing. And resetting by others.

An account has its first factor when it enrols one: recovery codes are made, and every session opened without it ends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import sqlalchemy as sa

from gateway.identity import sessions, throttling
from gateway.identity.accounts import account_named, forget_factors, history_of_account
from gateway.identity.current import current_context
from gateway.identity.factors import codes
from gateway.identity.factors.tables import Passkey, RecoveryCode, TotpFactor
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.new_password import FRESH, require_password
from gateway.identity.sessions import SignedIn
from gateway.identity.tables import Account, SignedInSession
from gateway.notices.recording import record_own
from gateway.runtime import gateway
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refused, TooMany
from services.chassis.process import logs
from services.chassis.process.settings import settings

STARTED_FOR = timedelta(hours=1)
"""How long a new secret waits for its first code."""
ADDED, REMOVED, RESET, RECOVERED = (
    "second_factor_added",
    "second_factor_removed",
    "second_factor_reset",
    "recovery_code_used",
)
"""Kinds of notices to the owner."""
_ISSUER = "Gonghui"

log = logs.get_logger(__name__)


def state_of(account: SignedIn) -> dict[str, Any]:
    """Return what second factors the owner has."""
    with gateway().transaction(readonly=True) as tx:
        totp = tx.session.get(TotpFactor, account.account_id)
        mine = sa.select(Passkey).where(Passkey.account_id == account.account_id).order_by(Passkey.id)
        return {
            "required": not account.principal.roles.isdisjoint(settings().second_factor_roles),
            "since": tx.session.get_one(Account, account.account_id).second_factor_since,
            "totp_since": totp.confirmed_at if totp is not None else None,
            "recovery_codes": codes.unused(tx, account.account_id),
            "passkeys": list(tx.session.scalars(mine)),
        }


def start_totp(account: SignedIn) -> dict[str, str]:
    """Make a new secret for an authenticator app; it counts once a code of it was given.

    Returns:
        The secret in base32, and the `otpauth` address that apps read from a QR code.

    Raises:
        Conflict: the account has an app already.
    """
    secret = pyotp.random_base32()
    with gateway().transaction(current_context()) as tx:
        locked(tx, account)
        factor = tx.session.get(TotpFactor, account.account_id)
        if factor is not None and factor.confirmed_at is not None:
            raise Conflict("An authenticator app is set up; remove it first.", rule="second_factor.is_single")
        if factor is None:
            factor = TotpFactor(account_id=account.account_id)
            tx.session.add(factor)
        factor.secret, factor.started_at, factor.last_step = secret, tx.now, None
    return _told(secret, account.username)


def started_totp(account: SignedIn) -> dict[str, str] | None:
    """Return the secret that waits for its first code, as `start_totp` does; None where there is none."""
    with gateway().transaction(readonly=True) as tx:
        factor = tx.session.get(TotpFactor, account.account_id)
        waits = factor is not None and factor.confirmed_at is None and factor.started_at > tx.now - STARTED_FOR
        return _told(factor.secret, account.username) if factor is not None and waits else None


def confirm_totp(account: SignedIn, code: str) -> list[str]:
    """Use the new secret from now on; return recovery codes with the first factor, else none.

    Raises:
        Refused: no secret waits.
        InvalidInput: the code does not fit.
        TooMany: too many wrong codes.
    """
    plain = "".join(sign for sign in code[:40] if sign.isdigit() and sign.isascii())

    def confirm(tx: Transaction) -> list[str] | None:
        row = locked(tx, account)
        factor = tx.session.get(TotpFactor, account.account_id, populate_existing=True)
        if factor is None or factor.confirmed_at is not None or factor.started_at <= tx.now - STARTED_FOR:
            raise Refused("Begin to set up the app again.", rule="second_factor.was_started", field="code")
        step = codes.fits(tx, factor, plain)
        if step is None:
            return None
        factor.confirmed_at, factor.last_step = tx.now, step
        return added(tx, row, account, "totp")

    return _counted(account, confirm)


def added(tx: Transaction, row: Account, account: SignedIn, method: str) -> list[str]:
    """Note that an account has a further factor; return the recovery codes that are made with the first one."""
    note_change(tx, history_of_account(row.id), {"second_factor": (None, method)})
    record_own(tx, ADDED, row.member_id or row.id, method=method)
    tx.after_commit(forget_look_ups)
    if row.second_factor_since is not None:
        return []
    row.second_factor_since = tx.now
    sessions.close_sessions_of(tx, row.id, but=account.session_id)
    own = sa.update(SignedInSession).where(SignedInSession.id == account.session_id).values(second_factor=method)
    tx.session.execute(own.execution_options(synchronize_session=False))
    return codes.new_set(tx, row.id)


def removed(tx: Transaction, row: Account, method: str) -> None:
    """Note that an account lost a factor; with the last one recovery codes go, too."""
    tx.session.flush()
    note_change(tx, history_of_account(row.id), {"second_factor": (method, None)})
    record_own(tx, REMOVED, row.member_id or row.id, method=method)
    left = sa.exists().where(Passkey.account_id == row.id), sa.exists().where(TotpFactor.account_id == row.id)
    if not tx.session.scalar(sa.select(sa.or_(*left))):
        row.second_factor_since = None
        tx.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == row.id))
        # Where a role requires a factor, these sessions open nothing else from now on.
        mine = SignedInSession.account_id == row.id, SignedInSession.second_factor != "provider"
        without = sa.update(SignedInSession).where(*mine).values(second_factor=None)
        tx.session.execute(without.execution_options(synchronize_session=False))
    tx.after_commit(forget_look_ups)


def remove_totp(account: SignedIn) -> None:
    """Remove the app. Raises `NotFound` when there is none."""
    with gateway().transaction(current_context()) as tx:
        row, factor = locked(tx, account), tx.session.get(TotpFactor, account.account_id)
        if factor is None or factor.confirmed_at is None:
            raise NotFound("No authenticator app is set up.", rule="second_factor.is_enrolled")
        tx.session.delete(factor)
        removed(tx, row, "totp")


def new_recovery_codes(account: SignedIn) -> list[str]:
    """Replace the recovery codes and return the new ones. Raises `Refused` without a second factor."""
    with gateway().transaction(current_context()) as tx:
        row = locked(tx, account)
        if row.second_factor_since is None:
            raise Refused("Set up a second factor first.", rule="second_factor.is_enrolled")
        note_change(tx, history_of_account(row.id), {"recovery_codes": (None, codes.RECOVERY_CODES)})
        return codes.new_set(tx, row.id)


def require_owner(account: SignedIn, password: str | None, code: str | None, *, or_fresh: bool = False) -> None:
    """Ask who is there once more, by the password or by a code of the second factor.

    Args:
        account: who is signed in.
        password: of the account.
        code: of the app, or a recovery code; used up.
        or_fresh: whether a session that was opened a moment ago suffices.

    Raises:
        InvalidInput: neither fits.
        TooMany: too many wrong ones.
    """
    if code:
        _counted(account, lambda tx: codes.use(tx, account.account_id, code))
        return
    if password:
        require_password(account, password)
        return
    if or_fresh and is_fresh(account):
        return
    raise InvalidInput("Give the password or a code.", field="password", rule="second_factor.is_for_its_owner")


def is_fresh(account: SignedIn) -> bool:
    """Whether the session was opened a moment ago, which proves by itself who is there."""
    with gateway().transaction(readonly=True) as tx:
        session = tx.session.get(SignedInSession, account.session_id)
        return session is not None and session.created_at > tx.now - FRESH


def reset(tx: Transaction, username: str, reason: str) -> None:
    """Remove all factors of another account, whose owner lost them; its sessions end, and its owner is told.

    Raises:
        NotFound: there is no open account of this name.
        NotAllowed: the account is the caller's own.
        Refused: it has no second factor.
    """
    account = account_named(tx, username)
    if account is None or account.disabled_at is not None or account.program_role is not None:
        raise NotFound("There is no open account of this name.", field="username", rule="second_factor.has_account")
    if account.id == tx.principal.account_id:
        raise NotAllowed("Nobody resets the own second factor.", rule="second_factor.is_of_another", field="username")
    if account.second_factor_since is None:
        raise Refused("The account has no second factor.", rule="second_factor.is_enrolled", field="username")
    note_change(tx, history_of_account(account.id), {"second_factor": ("all", None)}, reason)
    record_own(tx, RESET, account.member_id or account.id)
    forget_factors(tx, account)
    sessions.close_sessions_of(tx, account.id)


def _counted(account: SignedIn, use: Any) -> Any:
    """Return what `use(tx)` returns, unless it returns None: then the code was wrong, which is counted."""
    keys = codes.throttling_keys(account.account_id)
    try:
        with gateway().transaction(current_context()) as tx:
            throttling.require_unblocked(tx, keys)
            outcome = use(tx)
            if outcome is not None:
                throttling.forgive(tx, keys)
    except TooMany:
        log.warning("second_factor", outcome="blocked")
        raise
    if outcome is not None:
        return outcome
    with gateway().transaction() as tx:
        throttling.note_failure(tx, keys)
    log.info("second_factor", outcome="wrong")
    raise InvalidInput("This code does not fit.", field="code", rule="second_factor.matches")


def locked(tx: Transaction, account: SignedIn) -> Account:
    """Return the row of an account as it is stored now, locked until the transaction ends."""
    return tx.session.get_one(Account, account.account_id, with_for_update=True, populate_existing=True)


def _told(secret: str, username: str) -> dict[str, str]:
    return {"secret": secret, "address": pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=_ISSUER)}
