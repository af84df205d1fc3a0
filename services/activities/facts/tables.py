"""The table of facts that membership told for an activity."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.security.encryption import EncryptedText

HAS_FACTS = sa.text("facts IS NOT NULL")


class MemberFacts(Base):
    """会员事实: what membership told of a member for one activity, encrypted; `day` is the day of the age.

    After a day `facts` is emptied, and the row tells the member for which activity which facts (`names`) were used.
    """

    __tablename__ = "member_facts"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    names: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[str | None] = mapped_column(EncryptedText)
    asked_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_member_facts_member_id_asked_at", "member_id", "asked_at", "activity_id"),
        sa.Index("ix_member_facts_asked_at", "asked_at"),
        sa.Index("ix_member_facts_kept", "asked_at", postgresql_where=HAS_FACTS, sqlite_where=HAS_FACTS),
    )
