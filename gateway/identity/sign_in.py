"""Signing in: throttling, checking the password, opening a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import g, request

from gateway.identity import passwords, sessions, throttling
from gateway.identity.accounts import account_named, normal_username
from gateway.identity.addresses import asking_network
from gateway.identity.devices import known_device
from gateway.identity.factors import pending
from gateway.identity.tables import Account
from gateway.runtime import gateway
from services.chassis.errors import NotSignedIn, TooMany
from services.chassis.process import logs
from services.chassis.security.encryption import blind_index

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class OpenedSession:
    """A new session; its token is not stored."""

    token: str
    account_id: UUID
    expires_at: datetime
    must_change_password: bool


def sign_in(username: str, password: str, kind: sessions.Kind) -> OpenedSession:
    """Check the password and open a session.

    Raises:
        TooMany: too many failed attempts at this name from this address or device, or from this address.
        NotSignedIn: the name or the password is wrong; the answer does not say which.
        SecondFactorNeeded: both are right, and the account has a second factor.
    """
    account_id = check_password(username, password)
    with gateway().transaction() as tx:
        account = tx.session.get_one(Account, account_id)
        if account.second_factor_since is None:
            token, expires_at = sessions.open_session(tx, account_id, kind, origin_of_request())
            return OpenedSession(token, account_id, expires_at, account.must_change_password)
        needed = pending.begin(tx, account, kind)
    raise needed


def origin_of_request(provider: str | None = None, second_factor: str | None = None) -> sessions.Origin:
    """Return where the session that this request opens comes from."""
    return sessions.Origin(request.headers.get("User-Agent"), request.remote_addr, provider, second_factor)


def check_password(username: str, password: str) -> UUID:
    """Return the account with this name and password; failures are counted. Raises as `sign_in`.

    Every attempt is logged with its outcome. Name and address are logged as keyed hashes, which link attempts without
    revealing names.
    """
    normal = normal_username(username)[:64]
    address, device = asking_network(), known_device(normal)
    told = {
        "name_hash": blind_index(normal, scope="sign-in log name")[:16],
        "address_hash": blind_index(address, scope="sign-in log address")[:16],
        "known_device": device is not None,
        "correlation_id": g.get("correlation_id"),
    }
    try:
        account_id = _checked(normal, password, throttling.keys_of(normal, address, device))
    except NotSignedIn:
        log.info("sign_in", outcome="wrong", **told)
        raise
    except TooMany:
        log.warning("sign_in", outcome="blocked", **told)
        raise
    log.info("sign_in", outcome="right", **told)
    return account_id


def _checked(normal: str, password: str, keys: dict[str, throttling.Allowance]) -> UUID:
    with gateway().transaction() as tx:
        throttling.require_unblocked(tx, keys)
        account = account_named(tx, normal)
        open_account = None if account is None or not _is_open(account, tx.now) else account
        account_id = open_account.id if open_account else None
        password_hash = open_account.password_hash if open_account else None
    matches = passwords.password_matches(password_hash, password[: passwords.LONGEST])
    with gateway().transaction() as tx:
        if matches:
            # Concurrent guesses are checked concurrently: if there were too many, a right one is refused, too.
            throttling.require_unblocked(tx, keys)
            throttling.forgive(tx, keys)
        else:
            throttling.note_failure(tx, keys)
    if not matches or account_id is None:
        raise NotSignedIn("The user name or the password is wrong.", code="wrong_credentials", rule="sign_in.matches")
    return account_id


def _is_open(account: Account, now: datetime) -> bool:
    """Whether an account can sign in: it is not closed, and a program's secret has not expired."""
    return account.disabled_at is None and (account.secret_expires_at is None or account.secret_expires_at > now)
