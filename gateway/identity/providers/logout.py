"""Single log-out: a provider ends sessions here, and signing out here leads to signing out there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.look_ups import forget_look_ups
from gateway.identity.providers import cas, oidc
from gateway.identity.providers.attempts import spend
from gateway.identity.providers.configuration import Provider, providers
from gateway.identity.providers.linking import hash_of_session, hash_of_subject
from gateway.identity.providers.metadata import metadata_of, unusable
from gateway.identity.providers.tokens import OLDEST_LOGOUT_SECONDS, SKEW_SECONDS, logout_claims
from gateway.identity.tables import ExternalIdentity, ProviderSession, SignedInSession
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.process import logs
from services.chassis.process.settings import settings

log = logs.get_logger(__name__)


def end_by_logout_token(provider: Provider, text: str) -> int:
    """End the sessions that an OpenID provider's logout token names; return how many there were.

    Raises:
        Refused: the token is not valid, or was used before.
        Unavailable: the provider's keys can't be read.
    """
    claims = logout_claims(provider, metadata_of(provider), text)
    lifetime = timedelta(seconds=OLDEST_LOGOUT_SECONDS + SKEW_SECONDS)
    with gateway().transaction() as tx:
        if not spend(tx, f"logout token of {provider.issuer}", claims["jti"], lifetime):
            raise unusable(provider, "a logout token that was used before")
        ended = _end(tx, _named(provider, claims))
    log.info("single_log_out", provider=provider.key, ended=ended)
    return ended


def end_by_ticket(provider: Provider, ticket: str) -> int:
    """End the session that was opened with a ticket of CAS; return how many there were, one or none."""
    with gateway().transaction() as tx:
        ended = _end(tx, [ProviderSession.key_hash == hash_of_session(provider.issuer, ticket)])
    log.info("single_log_out", provider=provider.key, ended=ended)
    return ended


def sign_out_address(session_id: UUID) -> str | None:
    """Return where the browser signs out at the provider that signed this session in; None where there is nothing.

    The session must still be open.
    """
    statement = (
        sa.select(ExternalIdentity.issuer, ProviderSession.id_token)
        .join(ExternalIdentity, ExternalIdentity.id == ProviderSession.identity_id)
        .where(ProviderSession.session_id == session_id)
    )
    with gateway().transaction(readonly=True) as tx:
        found = tx.session.execute(statement).one_or_none()
    if found is None:
        return None
    provider = next((one for one in providers() if one.issuer == found.issuer), None)
    if provider is None:
        return None
    back = f"{settings().public_url}/signed-out"
    if provider.kind == "cas":
        return cas.sign_out_address(provider, back)
    return oidc.sign_out_address(provider, found.id_token, back)


def _named(provider: Provider, claims: Mapping[str, str]) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of what a logout token names: a session, a person, or the person's session."""
    named: list[sa.ColumnElement[bool]] = []
    if claims.get("sid"):
        named.append(ProviderSession.key_hash == hash_of_session(provider.issuer, claims["sid"]))
    if claims.get("sub"):
        whose = ExternalIdentity.subject_hash == hash_of_subject(provider.issuer, claims["sub"])
        theirs = sa.select(ExternalIdentity.id).where(ExternalIdentity.issuer == provider.issuer, whose)
        named.append(ProviderSession.identity_id.in_(theirs))
    return named


def _end(tx: Transaction, named: list[sa.ColumnElement[bool]]) -> int:
    ids = sa.select(ProviderSession.session_id).where(*named)
    ended = sa.delete(SignedInSession).where(SignedInSession.id.in_(ids)).returning(SignedInSession.id)
    count = len(tx.session.scalars(ended.execution_options(synchronize_session=False)).all())
    tx.after_commit(forget_look_ups)
    return count
