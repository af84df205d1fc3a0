"""Tables of the members' copy and of invitations."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base

AWAITING = sa.text("awaits_ceremony")


class Participant(Base):
    """参与者 The copy of a member: enough to decide who is in an activity's audience.

    Membership's events may arrive out of order, so each part has the sequence of its event.
    """

    __tablename__ = "participant"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]
    unit_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    employment: Mapped[str | None] = mapped_column(sa.String(24))
    standing: Mapped[str] = mapped_column(sa.String(24), default="active")
    standing_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    joined_on: Mapped[date | None]
    awaits_ceremony: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_participant_awaits_ceremony", "member_id", postgresql_where=AWAITING, sqlite_where=AWAITING),
    )


class Invitation(Base):
    """邀请 An invitation of a member to an activity; at most one each."""

    __tablename__ = "invitation"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    invited_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_invitation_member_id", "member_id", "activity_id"),)
