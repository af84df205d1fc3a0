"""Tables of second factors, and of sign-ins that wait for one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText


class TotpFactor(Base):
    """动态码 The secret of an account's authenticator app; it counts from its confirmation by a code.

    `last_step` is the time step (RFC 6238) of the last code used; codes of it and of earlier steps are refused.
    """

    __tablename__ = "totp_factor"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    started_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(sa.BigInteger)


class RecoveryCode(Base):
    """恢复码 A code that replaces the second factor once; only its keyed hash is stored."""

    __tablename__ = "recovery_code"
    __table_args__ = (sa.UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """通行密钥 A WebAuthn credential of an account. `credential_id` is base64url; `public_key` is a COSE key.

    `sign_count` is the authenticator's counter at the last use; 0 where it has none.
    """

    __tablename__ = "passkey"

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(sa.String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str] = mapped_column(EncryptedText)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class PendingSignIn(Base):
    """登录第二步 A sign-in whose first step succeeded. It is no session; only the hash of its token is stored.

    `identity` is that of the identity provider that signed in, as JSON; None for name and password.
    """

    __tablename__ = "pending_sign_in"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    identity: Mapped[str | None] = mapped_column(EncryptedText)
    expires_at: Mapped[datetime] = mapped_column(index=True)
