"""Tables of the year's plan: plans, items, linked activities, visits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base


class Plan(Base):
    """年度工作计划: the plan of one year."""

    __tablename__ = "plan"

    id: Mapped[UuidKey]
    year: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    title_en: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[str] = mapped_column(sa.String(12), default="draft")
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class PlanItem(Base):
    """计划事项: one item of the calendar, or one duty of a part. `edited`: an officer changed it by hand."""

    __tablename__ = "plan_item"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "key"),
        sa.Index(None, "year", "position", "id"),
    )

    id: Mapped[UuidKey]
    plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("plan.id"))
    year: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    part: Mapped[str] = mapped_column(sa.String(10))
    month: Mapped[int | None]
    month_to: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(120))
    title_en: Mapped[str] = mapped_column(sa.String(200))
    owner: Mapped[str] = mapped_column(sa.String(60))
    owner_en: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str | None] = mapped_column(sa.String(40))
    measure: Mapped[str] = mapped_column(sa.String(12))
    target: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]
    default_capacity: Mapped[int | None]
    default_duration_minutes: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    progress: Mapped[int] = mapped_column(default=0)
    scheduled: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    visits_due: Mapped[int] = mapped_column(default=0)
    visits_done: Mapped[int] = mapped_column(default=0)
    completed_on: Mapped[date | None]
    completion_note: Mapped[str | None] = mapped_column(sa.String(500))
    dropped_on: Mapped[date | None]
    drop_reason: Mapped[str | None] = mapped_column(sa.String(300))
    edited: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class LinkedActivity(Base):
    """A copy of an activity from its events. Facts and state each have their own sequence.

    All activities are stored, with or without item, so that an older event that comes late finds the newer state.
    """

    __tablename__ = "plan_activity"

    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(sa.String(12), default="scheduled")
    starts_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    facts_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    state_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class CountedExamination(Base):
    """A copy of a year's examination from its events: how many are on its list, and how many were examined."""

    __tablename__ = "plan_examination"
    __table_args__ = (sa.Index(None, "year"),)

    examination_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    eligible: Mapped[int]
    attended: Mapped[int]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class CountedVisit(Base):
    """A copy of a visit from its events: due, done or cancelled, and the plan it is counted for."""

    __tablename__ = "plan_visit"
    __table_args__ = (sa.Index(None, "plan_year", "state"),)

    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    plan_year: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    sequence: Mapped[int] = mapped_column(sa.BigInteger)
