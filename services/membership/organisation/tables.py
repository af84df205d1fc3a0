"""Tables of the organisation: units and posts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database import UuidKey
from services.membership.base import Base


class Unit(Base):
    """校工会、分工会、工会小组、委员会: one part of the union."""

    __tablename__ = "unit"

    id: Mapped[UuidKey]
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(12))
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    founded_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class Post(Base):
    """职务: a post held by a member in a unit; `last_day` is the end of the term, or the day it ended early."""

    __tablename__ = "post"
    __table_args__ = (
        sa.Index("ix_post_unit_id_last_day", "unit_id", "last_day"),
        sa.Index("ix_post_member_id_last_day", "member_id", "last_day"),
        sa.Index("ix_post_kind_last_day", "kind", "last_day"),
        sa.Index("ix_post_last_day_id", "last_day", "id"),
    )

    id: Mapped[UuidKey]
    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    last_day: Mapped[date]
    term: Mapped[str | None] = mapped_column(sa.String(40))
