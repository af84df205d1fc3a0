"""Sessions: opened at sign-in, looked up on every request, closed at sign-out. Only the hash of a token is stored.

Look-ups are cached for a few seconds and fetched in batches, because a thousand people with different sessions can
arrive within one second.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.factors.tables import PendingSignIn
from gateway.identity.grants import APPLICANT, grants_of, grants_of_program, narrowed
from gateway.identity.look_ups import forget_look_ups, remembered
from gateway.identity.tables import Account, KnownMember, SignedInSession
from gateway.rpc.batching import Batcher
from gateway.runtime import Gateway
from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.process.settings import settings
from services.chassis.security.principal import Grant, Principal

Kind = Literal["browser", "program"]


@dataclass(frozen=True)
class SignedIn:
    """The signed-in account of a request; `unit_id`, `number` and `joined_on` are the member's.

    `second_factor` is how it was given at sign-in; `must_enrol`: a role of the account requires one that it lacks.
    `held` are all its grants; those of the principal are the ones of the role it is `acting` in, if it is in one.
    """

    session_id: UUID
    account_id: UUID
    username: str
    member_id: UUID | None
    unit_id: UUID | None
    number: str | None
    joined_on: date | None
    language: str | None
    kind: str
    expires_at: datetime
    principal: Principal
    must_change_password: bool = False
    last_seen_at: datetime | None = None
    provider: str | None = None
    second_factor: str | None = None
    must_enrol: bool = False
    held: tuple[Grant, ...] = ()
    acting: Grant | None = None
    dismissed_hints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Origin:
    """Where a session comes from, by which people recognise their own.

    Args:
        agent: User-Agent of the browser or program.
        address: of the network.
        provider: key of the identity provider that signed the person in; None for name and password.
        second_factor: how the second factor was given; None without one.
    """

    agent: str | None = None
    address: str | None = None
    provider: str | None = None
    second_factor: str | None = None


_UNKNOWN = Origin()


def hash_of(token: str) -> str:
    """Return the hash under which a token's session is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    tx: Transaction, account_id: UUID, kind: Kind, origin: Origin = _UNKNOWN, session_id: UUID | None = None
) -> tuple[str, datetime]:
    """Open a session; return its token, which is not stored, and when it expires."""
    token = secrets.token_urlsafe(32)
    expires_at = tx.now + timedelta(hours=settings().session_hours)
    secret_ends = tx.session.scalar(sa.select(Account.secret_expires_at).where(Account.id == account_id))
    if secret_ends is not None:
        expires_at = min(expires_at, secret_ends)
    tx.session.add(
        SignedInSession(
            id=session_id or uuid7(),
            token_hash=hash_of(token),
            account_id=account_id,
            kind=kind,
            agent=(origin.agent or "")[:120] or None,
            address=origin.address,
            provider=origin.provider,
            second_factor=origin.second_factor,
            last_seen_at=tx.now,
            created_at=tx.now,
            expires_at=expires_at,
        )
    )
    return token, expires_at


def close_session(tx: Transaction, account_id: UUID, session_id: UUID) -> bool:
    """End one session of an account; return whether there was one."""
    ended = sa.delete(SignedInSession).where(SignedInSession.id == session_id, SignedInSession.account_id == account_id)
    count = tx.session.scalars(ended.returning(SignedInSession.id)).all()
    tx.after_commit(forget_look_ups)
    return bool(count)


def open_sessions_of(tx: Transaction, account_id: UUID) -> list[SignedInSession]:
    """Return the sessions of an account that haven't expired, newest first."""
    mine = sa.select(SignedInSession).where(
        SignedInSession.account_id == account_id, SignedInSession.expires_at > tx.now
    )
    return list(tx.session.scalars(mine.order_by(SignedInSession.created_at.desc()).limit(100)))


def close_sessions_of(tx: Transaction, account_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of an account, except one where given, and sign-ins under way; return how many there were."""
    tx.session.execute(sa.delete(PendingSignIn).where(PendingSignIn.account_id == account_id))
    ended = sa.delete(SignedInSession).where(SignedInSession.account_id == account_id)
    ended = ended if but is None else ended.where(SignedInSession.id != but)
    count = len(tx.session.scalars(ended.returning(SignedInSession.id)).all())
    tx.after_commit(forget_look_ups)
    return count


def forget_expired(tx: Transaction) -> None:
    """Delete sessions that expired a day ago; until then the answer says that they expired."""
    over = SignedInSession.expires_at < tx.now - timedelta(days=1)
    tx.session.execute(sa.delete(SignedInSession).where(over))


class SessionReader:
    """Looks up accounts by token. One per gateway process."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._batcher: Batcher[str, str, SignedIn | None] = Batcher(lambda _key, hashes: self._look_up(hashes))

    def who(self, token: str) -> SignedIn | None:
        """Return the account of a token, also when the session has expired; None for an unknown token."""
        token_hash = hash_of(token)
        known = remembered.peek(token_hash)
        if known is not None:
            return known
        generation = remembered.generation
        found = self._batcher.submit("sessions", token_hash)
        if found is not None and generation == remembered.generation:
            remembered.put(token_hash, found)
        return found

    def _look_up(self, hashes: list[str]) -> Sequence[SignedIn | None]:
        with self._gateway.database.session(readonly=True) as session:
            rows = session.execute(_SESSIONS.where(SignedInSession.token_hash.in_(hashes))).all()
            grants = grants_of(session, [row.member_id for row in rows if row.member_id], clock.today())
        found = {row.token_hash: _signed_in(row, grants) for row in rows}
        return [found.get(token_hash) for token_hash in hashes]


_SESSIONS = (
    sa.select(
        SignedInSession.id,
        SignedInSession.token_hash,
        SignedInSession.kind,
        SignedInSession.expires_at,
        SignedInSession.last_seen_at,
        SignedInSession.provider,
        SignedInSession.second_factor,
        SignedInSession.acting_role,
        SignedInSession.acting_unit_id,
        Account.id.label("account_id"),
        Account.username,
        Account.member_id,
        Account.language,
        Account.must_change_password,
        Account.dismissed_hints,
        Account.program_role,
        Account.program_scopes,
        KnownMember.unit_id,
        KnownMember.number,
        KnownMember.joined_on,
    )
    .join(Account, Account.id == SignedInSession.account_id)
    .join(KnownMember, KnownMember.member_id == Account.member_id, isouter=True)
    .where(
        Account.disabled_at.is_(None),
        # A replica of an older release opens sessions without asking for the second factor.
        sa.or_(Account.second_factor_since.is_(None), SignedInSession.second_factor.is_not(None)),
    )
)


def _signed_in(row: Any, grants: dict[UUID, tuple[Any, ...]]) -> SignedIn:
    principal = principal_of(row.account_id, row.member_id, grants, row.program_role, row.program_scopes)
    acting = Grant(row.acting_role, row.acting_unit_id) if row.acting_role else None
    return SignedIn(
        session_id=row.id,
        account_id=row.account_id,
        username=row.username,
        member_id=row.member_id,
        unit_id=row.unit_id,
        number=row.number,
        joined_on=row.joined_on,
        language=row.language,
        kind=row.kind,
        expires_at=row.expires_at,
        principal=replace(principal, grants=narrowed(principal.grants, acting)),
        held=principal.grants,
        acting=acting,
        # The password was not used where a provider signed in.
        must_change_password=row.must_change_password and row.provider is None,
        provider=row.provider,
        last_seen_at=row.last_seen_at,
        second_factor=row.second_factor,
        must_enrol=row.second_factor is None and not principal.roles.isdisjoint(settings().second_factor_roles),
        dismissed_hints=frozenset((row.dismissed_hints or "").split()),
    )


def principal_of(
    account_id: UUID,
    member_id: UUID | None,
    grants: dict[UUID, tuple[Any, ...]],
    program_role: str | None = None,
    program_scopes: str | None = None,
) -> Principal:
    """Return the principal of an account: with the roles its member holds today, or a program's role and scopes."""
    if program_role is not None:
        return Principal(kind="program", account_id=account_id, grants=grants_of_program(program_role, program_scopes))
    held = (APPLICANT,) if member_id is None else grants.get(member_id, ())
    return Principal(kind="account", account_id=account_id, member_id=member_id, grants=held)
