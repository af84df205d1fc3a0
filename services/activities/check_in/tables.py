"""Tables of check-in: its setting, who helps, and what is recorded of each member."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText


class CheckInSetting(Base):
    """签到设置 What an organiser set for an activity, and since when its list is closed; none stands for the usual."""

    __tablename__ = "check_in_setting"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    opens_minutes: Mapped[int] = mapped_column(default=60)
    closes_minutes: Mapped[int] = mapped_column(default=60)
    walk_ins: Mapped[str] = mapped_column(sa.String(8), default="seats")
    cost: Mapped[Decimal | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(sa.String(64))


class DeskHelper(Base):
    """签到员 A member who checks people in at an activity."""

    __tablename__ = "desk_helper"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    named_at: Mapped[datetime]
    named_by: Mapped[str] = mapped_column(sa.String(64))


class Attendance(Base):
    """出席 What is recorded of one member at one activity; see `workflow.ATTENDANCE`.

    `scan` names the scan that recorded it, so that one which is sent again is known. `expected_companions` came with
    the registration, `companions` arrived.
    """

    __tablename__ = "attendance"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    registration_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    expected_companions: Mapped[int] = mapped_column(default=0)
    companions: Mapped[int] = mapped_column(default=0)
    walk_in: Mapped[bool] = mapped_column(default=False)
    flag: Mapped[str | None] = mapped_column(sa.String(10))
    method: Mapped[str | None] = mapped_column(sa.String(8))
    arrived_at: Mapped[datetime | None]
    desk: Mapped[str | None] = mapped_column(sa.String(40))
    scan: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(64))
    by_member: Mapped[UUID | None]
    note: Mapped[str | None] = mapped_column(EncryptedText)

    __table_args__ = (
        sa.CheckConstraint("(state = 'present') = (arrived_at IS NOT NULL)", name="arrived"),
        sa.Index("uq_attendance_activity_id_member_id", "activity_id", "member_id", unique=True),
        sa.Index("ix_attendance_member_id", "member_id", "id"),
    )
