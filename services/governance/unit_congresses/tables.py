"""Tables of the filings of units' congresses."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

WAITS_FOR_UNIT = sa.text("state IN ('awaited', 'plan_returned', 'planned', 'record_returned')")


class UnitFiling(Base):
    """二级教代会备案 What a unit files in a year.

    `members` is the unit's number when its plan was filed. `due_on` is the last day of the part that is due,
    `asked_on` since when it is due.
    `submitted_by` is the account that filed last, which does not review it.
    """

    __tablename__ = "unit_filing"

    id: Mapped[UuidKey]
    unit_id: Mapped[UUID]
    year: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(16))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    late: Mapped[bool] = mapped_column(default=False)
    form: Mapped[str | None] = mapped_column(sa.String(10))
    members: Mapped[int | None]
    planned_on: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(sa.String(100))
    agenda: Mapped[str | None] = mapped_column(sa.Text)
    delegates: Mapped[int | None]
    held_on: Mapped[date | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(sa.Text)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    submitted_by: Mapped[UUID | None]
    accepted_on: Mapped[date | None]
    reminded: Mapped[bool] = mapped_column(default=False)
    overdue_told: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.UniqueConstraint("unit_id", "year"),
        sa.Index("ix_unit_filing_year", "year", "id"),
        sa.Index("ix_unit_filing_state", "state", "year", "id"),
        sa.Index("ix_unit_filing_due_on", "due_on", "id",
                 postgresql_where=WAITS_FOR_UNIT, sqlite_where=WAITS_FOR_UNIT),
    )  # fmt: skip


class FilingCheck(Base):
    """检查表 The unit's answer to an item of the checklist: a word of the list, or the union's own text."""

    __tablename__ = "filing_check"

    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit_filing.id"), primary_key=True)
    item: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    done: Mapped[bool]
    note: Mapped[str | None] = mapped_column(sa.String(200))


class FilingResolution(Base):
    """决议 A resolution of a unit's congress; `needed` votes in favour pass it, by the rule of its day."""

    __tablename__ = "filing_resolution"

    id: Mapped[UuidKey]
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit_filing.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstained: Mapped[int]
    needed: Mapped[int]


class FilingDocument(Base):
    """材料 A document of a filing; the file is a `StoredFile` of it."""

    __tablename__ = "filing_document"

    id: Mapped[UuidKey]
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit_filing.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class FilingGuidance(Base):
    """指导意见 What the union advises a unit, and its answer."""

    __tablename__ = "filing_guidance"

    id: Mapped[UuidKey]
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit_filing.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_at: Mapped[datetime | None]


class FilingStep(Base):
    """办理记录 What was done with a filing."""

    __tablename__ = "filing_step"

    id: Mapped[UuidKey]
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit_filing.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(16))
    note: Mapped[str | None] = mapped_column(sa.Text)
    account_id: Mapped[UUID | None]
    at: Mapped[datetime]
