"""Tables of standing: every change with its decision, requests to leave."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base

_ASKED = sa.text("state = 'requested'")


class StandingChange(Base):
    """会籍变动: one change of a membership's standing, with the decision behind it. Reasons are encrypted."""

    __tablename__ = "standing_change"
    __table_args__ = (
        sa.Index("ix_standing_change_member_id_id", "member_id", "id"),
        sa.Index("ix_standing_change_kind_id", "kind", "id"),
        sa.Index("ix_standing_change_unit_id_id", "unit_id", "id"),
        sa.Index("ix_standing_change_effective_on_id", "effective_on", "id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    old_standing: Mapped[str] = mapped_column(sa.String(20))
    new_standing: Mapped[str] = mapped_column(sa.String(20))
    effective_on: Mapped[date]
    decided_by: Mapped[str | None] = mapped_column(sa.String(100))
    meeting: Mapped[str | None] = mapped_column(sa.String(200))
    decided_on: Mapped[date | None]
    document: Mapped[str | None] = mapped_column(sa.String(200))
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    unpaid_since: Mapped[date | None]
    inactive_since: Mapped[date | None]
    talked_on: Mapped[date | None]
    talk_note: Mapped[str | None] = mapped_column(EncryptedText)
    noted_at: Mapped[datetime]
    noted_by: Mapped[UUID | None]


class LeaveRequest(Base):
    """退会申请: a member asks to leave; at most one is under way."""

    __tablename__ = "leave_request"
    __table_args__ = (
        sa.Index("uq_leave_request_asked", "member_id", unique=True, postgresql_where=_ASKED, sqlite_where=_ASKED),
        sa.Index("ix_leave_request_member_id_id", "member_id", "id"),
        sa.Index("ix_leave_request_state_id", "state", "id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    requested_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
