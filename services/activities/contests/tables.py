"""Tables of contests: settings, entries, judges, sheets, adjustments, what judges step aside from, results."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText

_OF_MEMBER = sa.text("member_id IS NOT NULL")


class Contest(Base):
    """比赛 How an activity is judged.

    `criteria`: number, name and weight; `groups`: number, name and when closed; `awards`: name and count. `published`
    keeps scores, ranks and awards by entry as they were published.
    """

    __tablename__ = "contest"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(12))
    scoring: Mapped[str] = mapped_column(sa.String(16))
    scale: Mapped[int]
    criteria: Mapped[list[Any]] = mapped_column(sa.JSON)
    groups: Mapped[list[Any]] = mapped_column(sa.JSON)
    awards: Mapped[list[Any]] = mapped_column(sa.JSON)
    most_age: Mapped[int | None]
    age_on: Mapped[date | None]
    live_board: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_contest_made_at", "made_at", "activity_id"),
        sa.Index("ix_contest_state", "state", "made_at", "activity_id"),
    )


class ContestEntry(Base):
    """参赛者 A member or a named entry. `number` is the place in the order of the contest.

    `rank`, `score` and `award` are set when results are published, and erased when they are taken back.
    """

    __tablename__ = "contest_entry"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest.activity_id"))
    number: Mapped[int]
    group_number: Mapped[int]
    member_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(sa.String(60))
    unit_id: Mapped[UUID | None]
    subject: Mapped[str | None] = mapped_column(sa.String(120))
    state: Mapped[str] = mapped_column(sa.String(10))
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    entered_at: Mapped[datetime]
    raw_score: Mapped[Decimal | None] = mapped_column(sa.Numeric(9, 2))
    adjusted: Mapped[Decimal | None] = mapped_column(sa.Numeric(9, 2))
    score: Mapped[Decimal | None] = mapped_column(sa.Numeric(9, 2))
    rank: Mapped[int | None]
    award: Mapped[str | None] = mapped_column(sa.String(30))

    __table_args__ = (
        sa.UniqueConstraint("activity_id", "number", name="uq_contest_entry_number"),
        sa.Index(
            "uq_contest_entry_member", "activity_id", "member_id", unique=True, postgresql_where=_OF_MEMBER,
            sqlite_where=_OF_MEMBER,
        ),
        sa.Index("ix_contest_entry_group", "activity_id", "group_number", "number"),
        sa.Index(
            "ix_contest_entry_member_id", "member_id", "activity_id", postgresql_where=_OF_MEMBER,
            sqlite_where=_OF_MEMBER,
        ),
    )  # fmt: skip


class ContestJudge(Base):
    """评委 A judge of some groups: a member, or somebody from outside whose name is kept encrypted."""

    __tablename__ = "contest_judge"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest.activity_id"))
    member_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(EncryptedText)
    unit_id: Mapped[UUID | None]
    groups: Mapped[list[Any]] = mapped_column(sa.JSON)
    head: Mapped[bool]
    named_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_contest_judge_activity_id", "activity_id", "id"),
        sa.Index(
            "uq_contest_judge_member", "activity_id", "member_id", unique=True, postgresql_where=_OF_MEMBER,
            sqlite_where=_OF_MEMBER,
        ),
        sa.Index(
            "ix_contest_judge_member_id", "member_id", "activity_id", postgresql_where=_OF_MEMBER,
            sqlite_where=_OF_MEMBER,
        ),
    )  # fmt: skip


class SteppedAside(Base):
    """回避 A judge who said, or of whom was said, not to judge an entry; the same unit needs no row."""

    __tablename__ = "contest_aside"

    judge_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_judge.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_entry.id"), primary_key=True)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (sa.Index("ix_contest_aside_entry_id", "entry_id"),)


class ContestSheet(Base):
    """评分表 Points of a judge for an entry, as text by number of the criterion; locked once handed in."""

    __tablename__ = "contest_sheet"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest.activity_id"))
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_entry.id"))
    judge_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_judge.id"))
    points: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(sa.String(10))
    saved_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    written_by: Mapped[str] = mapped_column(sa.String(64))
    corrected: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.UniqueConstraint("judge_id", "entry_id", name="uq_contest_sheet_judge"),
        sa.CheckConstraint("(handed_in_at IS NOT NULL) = (state = 'handed_in')", name="handed_in"),
        sa.Index("ix_contest_sheet_entry_id", "entry_id"),
        sa.Index("ix_contest_sheet_handed_in_at", "activity_id", "handed_in_at", "id"),
    )


class ContestAdjustment(Base):
    """加减分 Points added or taken off, with the reason; `taken_back_at` where they count no more."""

    __tablename__ = "contest_adjustment"

    id: Mapped[UuidKey]
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contest_entry.id"))
    amount: Mapped[Decimal] = mapped_column(sa.Numeric(9, 2))
    reason: Mapped[str] = mapped_column(sa.String(300))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(64))
    taken_back_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_contest_adjustment_entry_id", "entry_id", "made_at"),)
