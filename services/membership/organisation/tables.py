"""Tables of the organisation: units, what became of them, and posts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
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
    committee: Mapped[str | None] = mapped_column(sa.String(12))
    closed_on: Mapped[date | None]
    merged_into_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)


class UnitHistory(Base):
    """组织沿革: one thing that became of a unit, with the name it had from that day on."""

    __tablename__ = "unit_history"
    __table_args__ = (sa.Index("ix_unit_history_unit_id_happened_on_id", "unit_id", "happened_on", "id"),)

    id: Mapped[UuidKey]
    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    happened_on: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str | None] = mapped_column(sa.String(200))
    other_unit_id: Mapped[UUID | None]
    members: Mapped[int | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str | None] = mapped_column(sa.String(200))


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
    ending_told: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class DelegateSeat(Base):
    """代表资格: the copy of a seat in the congress, which the post of a delegate follows."""

    __tablename__ = "delegate_seat"
    __table_args__ = (
        sa.Index("ix_delegate_seat_member_id", "member_id", "last_day"),
        sa.Index("ix_delegate_seat_last_day", "last_day", "starts_on"),
    )

    delegate_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    starts_on: Mapped[date]
    last_day: Mapped[date]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class Delegation(Base):
    """代行: a post's role held by a deputy; `last_day` is the end agreed upon, or the day it ended early."""

    __tablename__ = "delegation"
    __table_args__ = (
        sa.Index("ix_delegation_post_id_last_day", "post_id", "last_day"),
        sa.Index("ix_delegation_unit_id_last_day", "unit_id", "last_day"),
        sa.Index("ix_delegation_giver_id_last_day", "giver_id", "last_day"),
        sa.Index("ix_delegation_deputy_id_last_day", "deputy_id", "last_day"),
        sa.Index("ix_delegation_last_day_id", "last_day", "id"),
    )

    id: Mapped[UuidKey]
    post_id: Mapped[UUID] = mapped_column(sa.ForeignKey("post.id"))
    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    giver_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    deputy_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(12))
