"""Invitations: one-time codes made for members without account, replaced and revoked.

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
"""Without I, L, O, 0 and 1, which are taken for each other on paper."""
_LENGTH, _GROUP = 12, 4
"""59 bits: beyond guessing at the pace that `throttling` leaves."""
_KEPT = timedelta(days=365)


def new_code() -> str:
    """Return a code as it is printed, in groups of four."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def hash_of(member_id: UUID, code: str) -> str:
    """Return under which keyed hash a member's code is stored; case, width, blanks and hyphens don't count."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return fingerprint(f"{member_id}:{''.join(sign for sign in plain if sign.isalnum())}", "invitation-code")


def expiry(now: datetime) -> datetime:
    """Return until when a code made now is good."""
    return now + timedelta(days=settings().invitation_days)


def issue(tx: Transaction, codes: Mapping[UUID, str], channel: str = "slip") -> None:
    """Store codes made for members; the one each had before is no longer good."""
    if not codes:
        return
    tx.lock("invitations")
    revoke(tx, list(codes))
    made = {"channel": channel, "issued_at": tx.now, "issued_by": tx.principal.actor, "expires_at": expiry(tx.now)}
    rows = [
        {"id": uuid7(), "member_id": member_id, "code_hash": hash_of(member_id, code), **made}
        for member_id, code in codes.items()
    ]
    tx.session.execute(sa.insert(Invitation), rows)


def revoke(tx: Transaction, member_ids: Collection[UUID]) -> int:
    """End the unused codes of members and return how many there were."""
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
    """Delete the invitations of a former member whose data's time is over."""
    tx.session.execute(sa.delete(Invitation).where(Invitation.member_id == member_id))


def forget_old(tx: Transaction) -> None:
    """Delete invitations a year after they expired; used ones are counted until then."""
    tx.session.execute(sa.delete(Invitation).where(Invitation.expires_at < tx.now - _KEPT))
