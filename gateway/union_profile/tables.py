"""The table of the union's profile, of one row."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base

THE_ROW = 1


class UnionProfile(Base):
    """工会形象 The one row; columns that are null have the default."""

    __tablename__ = "union_profile"
    __table_args__ = (sa.CheckConstraint(f"id = {THE_ROW}", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_ROW)
    name: Mapped[str | None] = mapped_column(sa.String(60))
    name_en: Mapped[str | None] = mapped_column(sa.String(120))
    short_name: Mapped[str | None] = mapped_column(sa.String(12))
    short_name_en: Mapped[str | None] = mapped_column(sa.String(24))
    colour: Mapped[str | None] = mapped_column(sa.String(7))
    office: Mapped[str | None] = mapped_column(sa.String(120))
    hours: Mapped[str | None] = mapped_column(sa.String(120))
    phone: Mapped[str | None] = mapped_column(sa.String(40))
    email: Mapped[str | None] = mapped_column(sa.String(120))
    emblem: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    emblem_digest: Mapped[str | None] = mapped_column(sa.String(16))
    version: Mapped[int]
    changed_at: Mapped[datetime]
