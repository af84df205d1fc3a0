"""Tables of identity: accounts, invitations, sessions, posts, failed attempts to sign in, saved filters."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText

_IS_PROGRAM = sa.text("program_role IS NOT NULL")


class Account(Base):
    """账号 An account. `member_id` is null for an applicant who is no member yet.

    A program's account belongs to another system: `program_role` is its one role, `program_scopes` are the scopes of
    the role `reader`, separated by blanks. `secret_expires_at` and `last_used_at` are used for programs only.
    `must_change_password`: another person set the password, and the owner must choose one first.
    `dismissed_hints`: the pages whose hints are no longer shown, separated by blanks.
    `second_factor_since`: signing in asks for a second factor; which ones there are is in `factors.tables`.
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
    second_factor_since: Mapped[datetime | None]
    dismissed_hints: Mapped[str | None] = mapped_column(sa.String(200))


class SignedInSession(Base):
    """会话 A session of a browser or program; only the hash of its token is stored.

    `provider` is the key of the identity provider that signed the person in; None for name and password. `address` is
    the one used last, `last_seen_at` is exact to some minutes (`last_seen`). `second_factor` is how the second factor
    was given: `totp`, `recovery`, `passkey`, `provider`; None without one. `acting_role` with `acting_unit_id` is the
    role that the person works in for now; None for all.
    """

    __tablename__ = "session"

    id: Mapped[UuidKey]
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    agent: Mapped[str | None] = mapped_column(sa.String(120))
    provider: Mapped[str | None] = mapped_column(sa.String(30))
    second_factor: Mapped[str | None] = mapped_column(sa.String(10))
    address: Mapped[str | None] = mapped_column(EncryptedText)
    last_seen_at: Mapped[datetime | None]
    acting_role: Mapped[str | None] = mapped_column(sa.String(20))
    acting_unit_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ExternalIdentity(Base):
    """外部身份 An account's identity at an identity provider, keyed by its issuer and the issuer's name of the person.

    An account has at most one of an issuer. `subject_hash` is a keyed hash; `subject` is shown to the owner.
    """

    __tablename__ = "external_identity"
    __table_args__ = (
        sa.UniqueConstraint("issuer", "subject_hash"),
        sa.UniqueConstraint("account_id", "issuer"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    provider: Mapped[str] = mapped_column(sa.String(30))
    issuer: Mapped[str] = mapped_column(sa.String(300))
    subject_hash: Mapped[str] = mapped_column(sa.String(64))
    subject: Mapped[str] = mapped_column(EncryptedText)
    linked_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class ProviderSession(Base):
    """The provider's side of a session, by which it announces the end, and what signs out there.

    `key_hash` is the keyed hash of the provider's session id or, of CAS, of the ticket.
    """

    __tablename__ = "provider_session"

    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    identity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("external_identity.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    id_token: Mapped[str | None] = mapped_column(EncryptedText)


class SpentToken(Base):
    """A token that may be used once, stored under a keyed hash until it expires."""

    __tablename__ = "spent_token"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class HeldPost(Base):
    """任职 A copy of a post; its role is valid from the first day to the last, both inclusive.

    A delegation is stored as a post of the deputy, with the delegation's id; `delegated_post_id` is the post it is of.
    """

    __tablename__ = "held_post"

    post_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(index=True)
    unit_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(sa.String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    delegated_post_id: Mapped[UUID | None]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class KnownMember(Base):
    """会员 The gateway's copy of a member: unit and standing, on which roles and pages depend; never a name."""

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
    """Failed attempts for one account name or one address, stored under a keyed hash of it."""

    __tablename__ = "failed_sign_in"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    first_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class SavedFilter(Base):
    """常用筛选 Filters and the order of a list page under a name; a filter may hold the name of a person."""

    __tablename__ = "saved_filter"
    __table_args__ = (sa.Index(None, "account_id", "list_name"),)

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    list_name: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(EncryptedText)
    filters: Mapped[str] = mapped_column(EncryptedText)
    saved_at: Mapped[datetime]


_OPEN = sa.text("used_at IS NULL AND revoked_at IS NULL")


class Invitation(Base):
    """开户邀请 A one-time code by which a member opens an account or sets a password; only its keyed hash is stored.

    A member has at most one that was neither used nor revoked; it may have expired. `channel` is the way the code is
    delivered, `purpose` is `account` or `password`: which of them follows from whether the member has an account.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        sa.Index("uq_invitation_open", "member_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index(None, "member_id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(sa.String(10), default="account", server_default="account")
    channel: Mapped[str] = mapped_column(sa.String(10))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    account_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(sa.String(64))


class PasswordMail(Base):
    """改密码邮件 A request for a one-time code by e-mail: the same row whether the name has an account or not.

    `name` is the user name as typed. Sending finds the account, if there is one, and stores the keyed hash of the code.
    `next_at` is when it is to be sent, or tried again; None when that is over.
    """

    __tablename__ = "password_mail"
    __table_args__ = (sa.Index(None, "name_hash", "asked_at"),)

    id: Mapped[UuidKey]
    name_hash: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(sa.String(5))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class CalendarAddress(Base):
    """日历订阅 Whether an account's calendars can be subscribed to, and in which edition their addresses are signed."""

    __tablename__ = "calendar_address"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    edition: Mapped[int] = mapped_column(default=1)
    open: Mapped[bool]
    renewed_at: Mapped[datetime]
