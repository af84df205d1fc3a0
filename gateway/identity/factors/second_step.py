"""The second step of signing in: a code, or a passkey, for a sign-in that waits."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import g

from gateway.identity import sessions, throttling
from gateway.identity.factors import challenges, codes, passkeys, pending
from gateway.identity.factors.owning import RECOVERED
from gateway.identity.factors.tables import PendingSignIn
from gateway.identity.providers import linking
from gateway.identity.sign_in import OpenedSession, origin_of_request
from gateway.identity.tables import Account
from gateway.notices.recording import record_own
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotSignedIn, TooMany
from services.chassis.process import logs
from services.chassis.security.encryption import blind_index

log = logs.get_logger(__name__)


def finish_with_code(token: str, code: str) -> OpenedSession:
    """Open the session of a sign-in that waits, with a code of the app or a recovery code.

    Raises:
        Refused: the sign-in is over, or its account was closed.
        NotSignedIn: the code does not fit, or was used before; it is counted.
        TooMany: too many wrong codes.
    """
    account_id = _account_of(token)
    keys = codes.throttling_keys(account_id)
    opened = _finish(token, keys, lambda tx: codes.use(tx, account_id, code))
    if opened is not None:
        return opened
    with gateway().transaction() as tx:
        throttling.note_failure(tx, keys)
    raise NotSignedIn("This code does not fit.", code="wrong_code", field="code", rule="second_factor.matches")


def finish_with_passkey(token: str, state: str, credential: str) -> OpenedSession:
    """Open the session of a sign-in that waits, with a passkey of its account.

    Raises:
        Refused: the sign-in is over, or its account was closed.
        NotSignedIn: the passkey does not fit.
    """
    account_id = _account_of(token)
    purpose = challenges.second_step_of(sessions.hash_of(token))

    def use(tx: Transaction) -> str:
        passkeys.use(tx, state, credential, purpose, account_id)
        return "passkey"

    opened = _finish(token, {}, use)
    assert opened is not None
    return opened


def _account_of(token: str) -> UUID:
    with gateway().transaction(readonly=True) as tx:
        return pending.found(tx, token)[1].id


def _finish(
    token: str, keys: dict[str, throttling.Allowance], use: Callable[[Transaction], str | None]
) -> OpenedSession | None:
    """Open the session when `use(tx)` returns the factor that was given; None when it returns None."""
    told = {"correlation_id": g.get("correlation_id")}
    try:
        with gateway().transaction() as tx:
            throttling.require_unblocked(tx, keys)
            waiting, account = pending.found(tx, token, lock=True)
            told["name_hash"] = blind_index(account.username, scope="sign-in log name")[:16]
            method = use(tx)
            opened = None if method is None else _opened(tx, waiting, account, method)
            if opened is not None:
                throttling.forgive(tx, keys)
    except TooMany:
        log.warning("second_factor", outcome="blocked", **told)
        raise
    log.info("second_factor", outcome=method or "wrong", **told)
    return opened


def _opened(tx: Transaction, waiting: PendingSignIn, account: Account, method: str) -> OpenedSession:
    tx.session.delete(waiting)
    if method == "recovery":
        record_own(tx, RECOVERED, account.member_id or account.id, left=codes.unused(tx, account.id))
    identity = pending.identity_of(waiting)
    if identity is not None:
        return linking.opened_in(tx, identity, account.id, method)
    kind: sessions.Kind = "browser" if waiting.kind == "browser" else "program"
    token, expires_at = sessions.open_session(tx, account.id, kind, origin_of_request(second_factor=method))
    return OpenedSession(token, account.id, expires_at, account.must_change_password)
