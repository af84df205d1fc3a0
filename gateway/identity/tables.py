"""Tables of identity: accounts, invitations, sessions, the posts roles follow from, failed attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base
from services.chassis.database.engine import UuidKey

_IS_PROGRAM = sa.text("program_role IS NOT NULL")


class Account(Base):
    """账号 What somebody signs in with. `member_id` is null for an applicant who is no member yet.

    A program's account is another system, no person and no member: `program_role` is its one role, `program_scopes`
    what one with the role `reader` may read, in words with blanks between. `secret_expires_at` and `last_used_at` are
    a program's. `must_change_password`: somebody else set the password, and its owner chooses one before anything else.
    """

    __tablename__ = "account"
    __table_args__ = (
        sa.Index("ix_account_program", "username", postgresql_where=_IS_PROGRAM, sqlite_where=_IS_PROGRAM),
    )

    id: Mapped[UuidKey]
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    member_id: Mapped[UUID | None] = mapped_column(unique=True)
    language: Mapped[str | None] = mapped_column(sa.String(5))
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    disabled_at: Mapped[datetime | None]
    program_role: Mapped[str | None] = mapped_column(sa.String(20))
    program_scopes: Mapped[str | None] = mapped_column(sa.String(300))
    secret_expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class SignedInSession(Base):
    """会话 A browser or program that is signed in; only the hash of its token is kept."""

    __tablename__ = "session"

    id: Mapped[UuidKey]
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    agent: Mapped[str | None] = mapped_column(sa.String(120))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class HeldPost(Base):
    """任职 A post as membership announced it; its role holds from the first day to the last, both included."""

    __tablename__ = "held_post"

    post_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(index=True)
    unit_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(sa.String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class KnownMember(Base):
    """会员 What the gateway keeps of a member: the unit and standing that roles and pages depend on; never a name."""

    __tablename__ = "known_member"
    __table_args__ = (sa.Index(None, "number"), sa.Index(None, "unit_id", "number"))

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]
    standing: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str | None] = mapped_column(sa.String(32))
    joined_on: Mapped[date | None]
    joined_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class FailedSignIn(Base):
    """Failed attempts for one account name or one address, kept under a keyed hash of it."""

    __tablename__ = "failed_sign_in"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    first_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(index=True)


_OPEN = sa.text("used_at IS NULL AND revoked_at IS NULL")


class Invitation(Base):
    """开户邀请 A one-time code by which a member opens an account; only its keyed hash is kept.

    A member has one at most that was neither used nor revoked; it may have expired. `channel` is how the code reaches
    the member.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        sa.Index("uq_invitation_open", "member_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index(None, "member_id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(sa.String(10))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    account_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(sa.String(64))
