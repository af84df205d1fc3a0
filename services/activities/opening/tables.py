"""The table of members who want to be told when registration opens; a row goes when its member was told."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base


class OpeningReminder(Base):
    """开抢提醒 A member to be told when registration for an activity opens."""

    __tablename__ = "opening_reminder"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (sa.Index("ix_opening_reminder_member_id", "member_id"),)
