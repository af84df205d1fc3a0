"""Tables of the members' copy and of how far it was filled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.governance.base import Base


class KnownMember(Base):
    """会员 The copy of a member: unit and standing, no name.

    Membership's events may arrive out of order, so each part has the sequence of its event.
    """

    __tablename__ = "known_member"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    unit_sequence: Mapped[int] = mapped_column(sa.BigInteger)
    standing: Mapped[str] = mapped_column(sa.String(24))
    standing_sequence: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.Index("ix_known_member_unit_id", "unit_id", "standing", "member_id"),)


class MemberCopyProgress(Base):
    """How far the copy was filled from membership's snapshot: one row."""

    __tablename__ = "member_copy_progress"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cursor: Mapped[str | None] = mapped_column(sa.Text)
    filled_at: Mapped[datetime | None]
