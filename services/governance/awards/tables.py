"""The table of awards."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

_GRANTED = sa.text("state = 'granted'")


class Award(Base):
    """荣誉: one award of one member or unit; `holder` is the id of either."""

    __tablename__ = "award"
    __table_args__ = (
        sa.Index(
            "uq_award_once",
            "holder",
            "awarded_on",
            "title",
            unique=True,
            postgresql_where=_GRANTED,
            sqlite_where=_GRANTED,
        ),
        sa.Index("ix_award_awarded_on_id", "awarded_on", "id"),
        sa.Index("ix_award_category_awarded_on_id", "category", "awarded_on", "id"),
        sa.Index("ix_award_level_awarded_on_id", "level", "awarded_on", "id"),
        sa.Index("ix_award_holder_awarded_on_id", "holder", "awarded_on", "id"),
    )

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(12))
    category: Mapped[str] = mapped_column(sa.String(20))
    awarded_on: Mapped[date]
    document: Mapped[str | None] = mapped_column(sa.String(100))
    member_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    holder: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(8), default="granted")
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
