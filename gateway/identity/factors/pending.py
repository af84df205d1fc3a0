"""Sign-ins whose first step succeeded and that wait for the second factor: short-lived, and no sessions.

Nothing but the second step accepts their token. Whatever ends an account's sessions ends them, too.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import timedelta

import sqlalchemy as sa

from gateway.identity.factors.tables import Passkey, PendingSignIn, TotpFactor
from gateway.identity.providers.attempts import Identity
from gateway.identity.sessions import Kind, hash_of
from gateway.identity.tables import Account
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotSignedIn, Refused

VALID = timedelta(minutes=10)
NEEDED = "second_factor.is_given"
"""The rule that keeps a sign-in waiting for the second factor."""


class SecondFactorNeeded(NotSignedIn):
    """The first step of signing in succeeded; `params` has the token of the second one, until when, and the ways.

    `back` is the page to go to afterwards, where an identity provider was asked; empty for the usual one.
    """

    back = ""

    @property
    def token(self) -> str:
        """What the second step needs; shown once."""
        return str(self.params["attempt"])


def begin(tx: Transaction, account: Account, kind: Kind, identity: Identity | None = None) -> SecondFactorNeeded:
    """Let a sign-in wait; returns what is to be raised after the commit."""
    token, expires_at = secrets.token_urlsafe(32), tx.now + VALID
    told = None if identity is None else json.dumps(asdict(identity))
    waiting = PendingSignIn(token_hash=hash_of(token), account_id=account.id, kind=kind, identity=told)
    waiting.expires_at = expires_at
    tx.session.add(waiting)
    return SecondFactorNeeded(
        "The second factor is needed: POST /api/v1/sessions/second-factor.",
        code="second_factor_required",
        rule=NEEDED,
        params={"attempt": token, "expires_at": expires_at.isoformat(), "methods": methods_of(tx, account)},
    )


def found(tx: Transaction, token: str, *, lock: bool = False) -> tuple[PendingSignIn, Account]:
    """Return a sign-in that waits, and its account.

    Raises:
        Refused: there is none of this token, it has expired or ended, or the account was closed meanwhile.
    """
    wanted = (
        sa.select(PendingSignIn, Account)
        .join(Account, Account.id == PendingSignIn.account_id)
        .where(
            PendingSignIn.token_hash == hash_of(token[:100]),
            PendingSignIn.expires_at > tx.now,
            Account.disabled_at.is_(None),
        )
    )
    if lock:
        wanted = wanted.with_for_update(of=PendingSignIn)
    row = tx.session.execute(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise Refused("This sign-in is over. Begin again.", rule="second_factor.is_under_way", field="attempt")
    return row.PendingSignIn, row.Account


def identity_of(waiting: PendingSignIn) -> Identity | None:
    """Return the identity that an identity provider told in the first step."""
    return None if waiting.identity is None else Identity(**json.loads(waiting.identity))


def methods_of(tx: Transaction, account: Account) -> list[str]:
    """Return the ways in which the second factor can be given."""
    totp = sa.exists().where(TotpFactor.account_id == account.id, TotpFactor.confirmed_at.is_not(None))
    passkey = sa.exists().where(Passkey.account_id == account.id)
    has_totp, has_passkey = tx.session.execute(sa.select(totp, passkey)).one()
    return [*(["totp"] if has_totp else []), *(["passkey"] if has_passkey else []), "recovery"]


def forget_expired(tx: Transaction) -> None:
    """Delete sign-ins that nobody finished."""
    tx.session.execute(sa.delete(PendingSignIn).where(PendingSignIn.expires_at < tx.now))
