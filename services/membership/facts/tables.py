"""The table of uses of facts; it names no member."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.membership.base import Base


class FactUse(Base):
    """事实查询记录: one question of a service for members' facts; `facts` is a list of words."""

    __tablename__ = "fact_use"
    __table_args__ = (
        sa.Index("ix_fact_use_purpose_id", "purpose", "id"),
        sa.Index("ix_fact_use_used_at", "used_at"),
    )

    id: Mapped[UuidKey]
    purpose: Mapped[str] = mapped_column(sa.String(40))
    service: Mapped[str] = mapped_column(sa.String(20))
    facts: Mapped[list[str]] = mapped_column(sa.JSON)
    members: Mapped[int]
    about: Mapped[str | None] = mapped_column(sa.String(120))
    used_at: Mapped[datetime]
    correlation_id: Mapped[str] = mapped_column(sa.String(64))
