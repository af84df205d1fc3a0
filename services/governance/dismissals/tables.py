"""Dismissal notices as they are stored.

Words and names are encrypted; the person is found by a keyed hash of the member's id, so that the tables alone do not
tell who it is. `case_id` is random and the only id that events name.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.governance.base import Base

WAITS = sa.text("state IN ('received', 'in_review')")


class DismissalNotice(Base):
    """解除劳动合同通知 A notice. `filed_by`: the employer's account, or that of the officer who had it on paper."""

    __tablename__ = "dismissal_notice"

    id: Mapped[UuidKey]
    case_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    channel: Mapped[str] = mapped_column(sa.String(8))
    filed_by: Mapped[UUID | None]
    person_name: Mapped[str | None] = mapped_column(EncryptedText)
    member_id: Mapped[str | None] = mapped_column(EncryptedText)
    member_key: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    ground: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    effective_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(12))
    received_on: Mapped[date]
    due_on: Mapped[date]
    overdue_told: Mapped[bool] = mapped_column(default=False)
    clerk_id: Mapped[UUID | None]
    opinion: Mapped[str | None] = mapped_column(sa.String(8))
    opinion_text: Mapped[str | None] = mapped_column(EncryptedText)
    violated: Mapped[str | None] = mapped_column(EncryptedText)
    decided_by: Mapped[str | None] = mapped_column(sa.String(10))
    opinion_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(sa.String(8))
    answer_text: Mapped[str | None] = mapped_column(EncryptedText)
    answered_on: Mapped[date | None]
    referred: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_dismissal_notice_filed_by", "filed_by"),
        sa.Index("ix_dismissal_notice_clerk_id", "clerk_id"),
        sa.Index("ix_dismissal_notice_due_on", "due_on", "id", postgresql_where=WAITS, sqlite_where=WAITS),
        sa.Index("ix_dismissal_notice_received_on", "received_on"),
        sa.Index("ix_dismissal_notice_closed_on", "closed_on"),
    )


class DismissalEntry(Base):
    """办理记录 What was done with a notice, in which role, and what was said."""

    __tablename__ = "dismissal_entry"

    id: Mapped[UuidKey]
    dismissal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dismissal_notice.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(10))
    role: Mapped[str] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]


class DismissalPaper(Base):
    """材料 A paper of a notice; the file is a `StoredFile` of it, its own name is not kept."""

    __tablename__ = "dismissal_paper"

    id: Mapped[UuidKey]
    dismissal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dismissal_notice.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]
