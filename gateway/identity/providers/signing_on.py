"""A sign-on from its beginning to a session, by the protocol of the provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from gateway.identity.current import current_account
from gateway.identity.factors.pending import SecondFactorNeeded
from gateway.identity.providers import attempts, cas, linking, oidc
from gateway.identity.providers.attempts import Attempt, Identity
from gateway.identity.providers.configuration import Provider
from gateway.identity.sign_in import OpenedSession, check_password
from services.chassis.errors import Conflict, Problem
from services.chassis.process import logs

SIGN_ONS = "3000/minute"
"""Sign-ons begun or finished from one address: 20,000 people behind one address arrive within a quarter of an hour."""

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Arrival:
    """Somebody who came back from a provider.

    Args:
        identity: who.
        back: the page to go to afterwards; empty for the usual one.
        opened: the new session; None for somebody who is signed in already.
        has_account: whether the identity belongs to an account.
    """

    identity: Identity
    back: str
    opened: OpenedSession | None = None
    has_account: bool = True


def address_of(provider: Provider, attempt: Attempt) -> str:
    """Return where the browser goes to sign in. Raises `Problem` while the provider can't be used."""
    if provider.kind == "cas":
        return cas.login_address(provider, attempt)
    return oidc.authorization_address(provider, attempt)


def arrive(provider: Provider, arguments: Mapping[str, str]) -> Arrival:
    """Finish a sign-on with the query the browser came back with.

    Raises:
        SecondFactorNeeded: the account has a second factor, and the provider did not vouch for one.
        Problem: it was not begun here, the provider refused or does not answer, its answer is not valid, or somebody
            else is signed in.
    """
    told = {"provider": provider.key, "correlation_id": g.get("correlation_id")}
    try:
        attempt = attempts.finish(provider, arguments.get("state", ""))
        speaking = cas if provider.kind == "cas" else oidc
        arrival = _arrival(speaking.identity_of(provider, attempt, arguments), attempt.back)
    except SecondFactorNeeded as needed:
        needed.back = attempt.back
        log.info("sign_on", outcome="second_factor", **told)
        raise
    except Problem as problem:
        log.info("sign_on", outcome=problem.rule or problem.code, **told)
        raise
    log.info("sign_on", outcome="right" if arrival.has_account else "no_account", **told)
    return arrival


def link_with_password(identity: Identity, username: str, password: str) -> OpenedSession | None:
    """Link a waiting identity to the account with this name and password; open a session unless one is open.

    Raises:
        NotSignedIn: name or password is wrong.
        TooMany: too many wrong ones.
        Problem: the identity belongs to somebody else, or membership does not answer.
    """
    account_id = check_password(username, password)
    linking.link(identity, account_id, linking.member_of(identity))
    current = current_account()
    if current is not None and current.account_id == account_id:
        return None
    return linking.open_session(identity, account_id)


def _arrival(identity: Identity, back: str) -> Arrival:
    account_id, current = linking.account_of(identity), current_account()
    if current is not None:
        if account_id not in (None, current.account_id):
            raise Conflict("This identity belongs to another account.", rule="sign_on.identity_is_own")
        return Arrival(identity, back, has_account=account_id is not None)
    if account_id is None and (member_id := linking.member_of(identity)) is not None:
        account_id = linking.link_by_staff_number(identity, member_id)
    if account_id is None:
        return Arrival(identity, back, has_account=False)
    return Arrival(identity, back, linking.open_session(identity, account_id))
