"""Attempts to sign on: what a browser began, in a signed cookie, so that only this browser can finish it.

Each is finished at most once, and within ten minutes. An identity that has no account yet waits in an encrypted cookie
for its owner to say which.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from gateway.identity.providers.configuration import Provider
from gateway.identity.tables import SpentToken
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.chassis.process.settings import settings
from services.chassis.security.encryption import fingerprint, key_ring

COOKIE, WAITING_COOKIE = "gonghui_sign_on", "gonghui_identity"
MINUTES = 10


@dataclass(frozen=True)
class Attempt:
    """A sign-on that this browser began: `verifier` is for PKCE, `back` the page to go to afterwards."""

    provider: str
    state: str
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True)
class Identity:
    """Somebody as a provider told it, checked.

    Args:
        provider: its key.
        issuer: with `subject` the key of the identity.
        subject: the provider's name of the person.
        staff_number: which the provider vouches for; None where it tells none.
        session: the provider's own session, by which it announces its end; for CAS the ticket.
        id_token: for signing out at the provider.
        second_factor: whether the provider vouches that the person gave a second factor there.
    """

    provider: str
    issuer: str
    subject: str
    staff_number: str | None = None
    session: str | None = None
    id_token: str | None = None
    second_factor: bool = False


def begin(provider: Provider, back: str) -> Attempt:
    """Return a new attempt."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(provider.key, state, nonce, verifier, back[:1000])


def remember(response: Any, attempt: Attempt) -> None:
    """Set the cookie of an attempt; an earlier one of this browser can't be finished any more."""
    _set(response, COOKIE, _signer().dumps(asdict(attempt)))


def finish(provider: Provider, state: str) -> Attempt:
    """Return the attempt that this browser began with this state; it can't be finished again.

    Raises:
        Refused: it was not begun here, too long ago, with another provider, or is finished already.
    """
    attempt = _begun()
    told = state[:200].encode(errors="replace")
    if attempt is None or attempt.provider != provider.key or not hmac.compare_digest(attempt.state.encode(), told):
        raise _not_begun()
    with gateway().transaction() as tx:
        fresh = spend(tx, "sign-on state", attempt.state, timedelta(minutes=MINUTES))
    if not fresh:
        raise _not_begun()
    return attempt


def spend(tx: Transaction, kind: str, token: str, lifetime: timedelta) -> bool:
    """Note that a token was used, and return whether this was the first time within its lifetime."""
    key = fingerprint(token, f"spent {kind}")
    noted = upsert(tx.session, SpentToken).values(key=key, expires_at=tx.now + lifetime)
    stored = noted.on_conflict_do_nothing().returning(SpentToken.key)
    return tx.session.scalar(stored) is not None


def forget_spent(tx: Transaction) -> None:
    """Delete notes of tokens that have expired."""
    tx.session.execute(sa.delete(SpentToken).where(SpentToken.expires_at < tx.now))


def let_wait(response: Any, identity: Identity, back: str) -> None:
    """Keep an identity without account in this browser until its owner names the account."""
    told = {**asdict(identity), "id_token": None, "back": back, "until": clock.now().timestamp() + MINUTES * 60}
    _set(response, WAITING_COOKIE, key_ring().encrypt(json.dumps(told)))


def waiting() -> tuple[Identity, str] | None:
    """Return the identity that waits in this browser for its account, and where to go afterwards."""
    told = _opened(request.cookies.get(WAITING_COOKIE, ""))
    if told is None or told.pop("until") <= clock.now().timestamp():
        return None
    back: str = told.pop("back")
    return Identity(**told), back


def forget(response: Any) -> None:
    """Remove the cookies of attempts and of waiting identities."""
    for name in (COOKIE, WAITING_COOKIE):
        response.delete_cookie(name, path="/", httponly=True, secure=settings().secure_cookies, samesite="Lax")


def _begun() -> Attempt | None:
    try:
        told: Mapping[str, str] = _signer().loads(request.cookies.get(COOKIE, ""), max_age=MINUTES * 60)
        return Attempt(**told)
    except (BadData, TypeError):
        return None


def _opened(sealed: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(key_ring().decrypt(sealed))
    except ValueError:
        return None
    return told


def _not_begun() -> Refused:
    return Refused(
        "This sign-on was not begun in this browser, or is over. Begin again.", rule="sign_on.was_begun_here"
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="gonghui sign-on")


def _set(response: Any, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=MINUTES * 60, httponly=True, secure=settings().secure_cookies, samesite="Lax", path="/"
    )
