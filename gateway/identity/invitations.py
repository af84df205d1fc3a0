"""Invitations: creating, replacing and revoking one-time codes for members without account.

Belongs here: what changes an invitation, and the form of a code. Not: opening an account with one (opening), lists of
who has which (holders), drawing slips (gateway.jobs.slips).
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.tables import Invitation
from services.chassis.database.bulk import is_among
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.process.settings import settings
from services.chassis.security.encryption import fingerprint

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which look alike on paper."""
_LENGTH, _GROUP = 12, 4
"""59 bits, which can't be guessed with `throttling`."""
ACCOUNT, PASSWORD = "account", "password"
"""What a code is for."""
_KEPT = timedelta(days=365)


def new_code(length: int = _LENGTH) -> str:
    """Return a code in groups of four, for printing."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(code[start : start + _GROUP] for start in range(0, length, _GROUP))


def hash_of(member_id: UUID, code: str) -> str:
    """Return the keyed hash of a member's code; case, width, blanks and hyphens are ignored."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return fingerprint(f"{member_id}:{''.join(sign for sign in plain if sign.isalnum())}", "invitation-code")


def expiry(now: datetime) -> datetime:
    """Return when a code created now expires."""
    return now + timedelta(days=settings().invitation_days)


def issue(
    tx: Transaction,
    codes: Mapping[UUID, str],
    channel: str = "slip",
    purpose: str = ACCOUNT,
    expires_at: datetime | None = None,
) -> None:
    """Store codes for members; earlier codes become invalid. They expire as the setting says unless told."""
    if not codes:
        return
    tx.lock("invitations")
    revoke(tx, list(codes))
    made = {
        "channel": channel,
        "purpose": purpose,
        "issued_at": tx.now,
        "issued_by": tx.principal.actor,
        "expires_at": expires_at or expiry(tx.now),
    }
    rows = [
        {"id": uuid7(), "member_id": member_id, "code_hash": hash_of(member_id, code), **made}
        for member_id, code in codes.items()
    ]
    tx.session.execute(sa.insert(Invitation), rows)


def revoke(tx: Transaction, member_ids: Collection[UUID]) -> int:
    """Revoke the unused codes of members and return how many there were."""
    if not member_ids:
        return 0
    open_ones = is_among(tx.session, [Invitation.member_id], member_ids), *is_open()
    ended = sa.update(Invitation).where(*open_ones).values(revoked_at=tx.now, revoked_by=tx.principal.actor)
    statement = ended.returning(Invitation.id).execution_options(synchronize_session=False)
    return len(tx.session.scalars(statement).all())


def is_open() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Return the conditions that an invitation was neither used nor revoked; it may have expired."""
    return Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)


def forget_member(tx: Transaction, member_id: UUID) -> None:
    """Delete the invitations of a former member whose retention period ended."""
    tx.session.execute(sa.delete(Invitation).where(Invitation.member_id == member_id))


def forget_old(tx: Transaction) -> None:
    """Delete invitations a year after they expired; used ones are counted until then."""
    tx.session.execute(sa.delete(Invitation).where(Invitation.expires_at < tx.now - _KEPT))
