"""The table of honours."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.membership.base import Base


class Honour(Base):
    """荣誉: one honour of one member or unit; `sequence` is how new the award's last announcement is."""

    __tablename__ = "honour"
    __table_args__ = (
        sa.Index("ix_honour_member_id_awarded_on_id", "member_id", "awarded_on", "id"),
        sa.Index("ix_honour_unit_id_awarded_on_id", "unit_id", "awarded_on", "id"),
    )

    id: Mapped[UuidKey]
    award_id: Mapped[UUID | None] = mapped_column(unique=True)
    member_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(12))
    category: Mapped[str] = mapped_column(sa.String(20))
    awarded_on: Mapped[date]
    document: Mapped[str | None] = mapped_column(sa.String(100))
    evidence: Mapped[str | None] = mapped_column(sa.String(500))
    source: Mapped[str] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(8), default="stands")
    sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    noted_at: Mapped[datetime]
