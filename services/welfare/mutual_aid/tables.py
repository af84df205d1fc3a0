"""Tables of plans, cover periods, covers and claims."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

STANDS = sa.text("state <> 'withdrawn'")
DOCUMENTS_KEPT = sa.text("documents_erased_on IS NULL AND decided_at IS NOT NULL")
UNTOLD = sa.text("state IN ('submitted', 'forwarded')")


class MutualAidPlan(Base):
    """保障计划 Terms of a provider's plan; they never change, a plan is ended and another one added."""

    __tablename__ = "mutual_aid_plan"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(20))
    provider: Mapped[str] = mapped_column(sa.String(100))
    document: Mapped[str] = mapped_column(sa.String(200))
    fee: Mapped[Decimal]
    sum_insured: Mapped[Decimal]
    age_from: Mapped[int]
    age_to: Mapped[int]
    claim_days: Mapped[int]
    remind_days: Mapped[int]
    ends_with_retirement: Mapped[bool]
    ends_with_leaving: Mapped[bool]
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    offered: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (sa.Index("ix_mutual_aid_plan_offered_id", "offered", "id"),)


class CoverPeriod(Base):
    """保障期 Days for which members are covered by a plan; `members` and `amount` are fixed when the list is closed."""

    __tablename__ = "mutual_aid_period"

    id: Mapped[UuidKey]
    plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mutual_aid_plan.id"))
    title: Mapped[str] = mapped_column(sa.String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    enrol_from: Mapped[date]
    enrol_until: Mapped[date]
    payer: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(12))
    members: Mapped[int | None]
    amount: Mapped[Decimal | None]

    __table_args__ = (
        sa.UniqueConstraint("id", "plan_id"),
        sa.Index("ix_mutual_aid_period_plan_id_starts_on", "plan_id", "starts_on", "id"),
        sa.Index("ix_mutual_aid_period_state_starts_on", "state", "starts_on", "id"),
        sa.Index("ix_mutual_aid_period_starts_on", "starts_on", "id"),
    )


class CoveredDay(Base):
    """A day of a plan, which belongs to one period: what keeps two covers of a plan from overlapping.

    A constraint on ranges would need an extension of PostgreSQL, and SQLite has none.
    """

    __tablename__ = "mutual_aid_day"

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    period_id: Mapped[UUID]

    __table_args__ = (
        sa.ForeignKeyConstraint(["period_id", "plan_id"], ["mutual_aid_period.id", "mutual_aid_period.plan_id"]),
        sa.Index("ix_mutual_aid_day_period_id", "period_id"),
    )


class Cover(Base):
    """参保 A member in a period; the table allows one. `end_sequence` is of the last retirement heard of."""

    __tablename__ = "mutual_aid_cover"

    id: Mapped[UuidKey]
    period_id: Mapped[UUID]
    plan_id: Mapped[UUID]
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(10))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    end_reason: Mapped[str | None] = mapped_column(sa.String(10))
    end_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    decision_id: Mapped[UUID]
    enrolled_at: Mapped[datetime]
    fee_paid_on: Mapped[date | None]

    __table_args__ = (
        sa.UniqueConstraint("period_id", "member_id"),
        sa.ForeignKeyConstraint(["period_id", "plan_id"], ["mutual_aid_period.id", "mutual_aid_period.plan_id"]),
        sa.Index("ix_mutual_aid_cover_member_id_starts_on", "member_id", "starts_on", "id"),
        sa.Index("ix_mutual_aid_cover_period_id_unit_id", "period_id", "unit_id", "id"),
        sa.Index("ix_mutual_aid_cover_period_id_state", "period_id", "state", "id"),
    )


class Claim(Base):
    """互助保障申领 A claim; the table allows one for an event and plan that stands.

    `details` and `reason` are encrypted; the documents are stored files of `mutual_aid_claim/<id>`.
    `documents_erased_on` is set once their time of keeping was over.
    """

    __tablename__ = "mutual_aid_claim"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cover_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mutual_aid_cover.id"))
    plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mutual_aid_plan.id"))
    period_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mutual_aid_period.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    event_on: Mapped[date]
    details: Mapped[str | None] = mapped_column(EncryptedText)
    asked: Mapped[Decimal | None]
    due_on: Mapped[date]
    remind_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(12))
    submitted_at: Mapped[datetime]
    forwarded_at: Mapped[datetime | None]
    sent_on_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    paid: Mapped[Decimal | None]
    paid_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    decision_id: Mapped[UUID]
    reminded_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    documents_erased_on: Mapped[date | None]

    __table_args__ = (
        sa.Index(
            "uq_mutual_aid_claim_event", "plan_id", "member_id", "event_on", unique=True, postgresql_where=STANDS,
            sqlite_where=STANDS,
        ),
        sa.Index("ix_mutual_aid_claim_member_id_submitted_at", "member_id", "submitted_at", "id"),
        sa.Index("ix_mutual_aid_claim_unit_id_due_on", "unit_id", "due_on", "id"),
        sa.Index("ix_mutual_aid_claim_state_due_on", "state", "due_on", "id"),
        sa.Index("ix_mutual_aid_claim_due_on", "due_on", "id"),
        sa.Index("ix_mutual_aid_claim_submitted_at", "submitted_at", "id"),
        sa.Index("ix_mutual_aid_claim_period_id", "period_id"),
        sa.Index("ix_mutual_aid_claim_cover_id", "cover_id"),
        sa.Index(
            "ix_mutual_aid_claim_documents", "decided_at", "id", postgresql_where=DOCUMENTS_KEPT,
            sqlite_where=DOCUMENTS_KEPT,
        ),
        sa.Index("ix_mutual_aid_claim_remind_on", "remind_on", "id", postgresql_where=UNTOLD, sqlite_where=UNTOLD),
    )  # fmt: skip
