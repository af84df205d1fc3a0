"""Tables of joining: applications, the steps they took, what batches of approvals came to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base, key_text

_OPEN = sa.text("state IN ('submitted', 'unit_reviewed', 'returned')")
_SUBMITTED = sa.text("submitted_at IS NOT NULL")
_PLACED = sa.text("origin IS NOT NULL")


class Application(Base):
    """入会申请. Sensitive fields are encrypted, and erased when the member's record has taken them over.

    `origin` is a keyed hash of the network it came from, kept until somebody has looked at it.
    """

    __tablename__ = "application"
    __table_args__ = (
        sa.Index(
            "uq_application_open_person", "id_number_index", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN
        ),
        sa.Index(
            "ix_application_state_submitted_at_id",
            "state",
            "submitted_at",
            "id",
            postgresql_where=_SUBMITTED,
            sqlite_where=_SUBMITTED,
        ),
        sa.Index(
            "ix_application_unit_id_state_submitted_at_id",
            "unit_id",
            "state",
            "submitted_at",
            "id",
            postgresql_where=_SUBMITTED,
            sqlite_where=_SUBMITTED,
        ),
        sa.Index("ix_application_submitted_at_id", "submitted_at", "id"),
        sa.Index("ix_application_account_id_id", "account_id", "id"),
        sa.Index("ix_application_name", "name"),
        sa.Index("ix_application_origin", "origin", postgresql_where=_PLACED, sqlite_where=_PLACED),
    )

    id: Mapped[UuidKey]
    state: Mapped[str] = mapped_column(sa.String(16))
    account_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("unit.id"))
    employment: Mapped[str | None] = mapped_column(sa.String(12))
    name: Mapped[str | None] = mapped_column(key_text(50))
    gender: Mapped[str | None] = mapped_column(sa.String(8))
    birth_date: Mapped[date | None]
    original_age: Mapped[str | None] = mapped_column(sa.String(3))
    id_number: Mapped[str | None] = mapped_column(EncryptedText)
    id_number_index: Mapped[str | None] = mapped_column(sa.String(64))
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    hired_on: Mapped[date | None]
    statement: Mapped[str | None] = mapped_column(sa.String(500))
    consent_version: Mapped[str | None] = mapped_column(sa.String(40))
    documents_seen: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    receipt_hash: Mapped[str] = mapped_column(sa.String(64))
    origin: Mapped[str | None] = mapped_column(sa.String(32))
    submitted_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class ApplicationStep(Base):
    """One move of an application: what was done, by which account, why."""

    __tablename__ = "application_step"
    __table_args__ = (sa.Index("ix_application_step_application_id_id", "application_id", "id"),)

    id: Mapped[UuidKey]
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id"))
    action: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(sa.String(500))


class ApprovalOutcome(Base):
    """What became of one application of a batch approved as long work."""

    __tablename__ = "approval_outcome"
    __table_args__ = (
        sa.UniqueConstraint("job_id", "application_id"),
        sa.Index("ix_approval_outcome_job_id_id", "job_id", "id"),
    )

    id: Mapped[UuidKey]
    job_id: Mapped[UUID]
    application_id: Mapped[UUID]
    outcome: Mapped[str] = mapped_column(sa.String(10))
    member_id: Mapped[UUID | None]
    number: Mapped[str | None] = mapped_column(sa.String(20))
    rule: Mapped[str | None] = mapped_column(sa.String(120))
    detail: Mapped[str | None] = mapped_column(sa.String(500))
