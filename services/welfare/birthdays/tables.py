"""Tables of birthday lists, grants and issues of vouchers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

TO_BE_ISSUED = sa.text("state = 'listed' AND run_id IS NOT NULL")
RUNNING = sa.text("state = 'running'")


class BirthdayMonth(Base):
    """生日名单 When a month's list was last drawn up, and by whom."""

    __tablename__ = "birthday_month"

    year: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    drawn_up_at: Mapped[datetime]
    drawn_up_by: Mapped[UUID | None]


class BirthdayRun(Base):
    """发放任务 One issue of vouchers, worked off in batches by a job.

    `state` is what was last written; a run whose job has ended otherwise is stopped, see `use_cases/runs.py`.
    """

    __tablename__ = "birthday_run"

    id: Mapped[UuidKey]
    year: Mapped[int]
    month: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(8))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Decimal]
    form: Mapped[str] = mapped_column(sa.String(8))
    collect_by: Mapped[date | None]
    rule: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_birthday_run_running", "id", postgresql_where=RUNNING, sqlite_where=RUNNING),)


class BirthdayGrant(Base):
    """生日慰问 One member's birthday care in one year; the table allows no second one."""

    __tablename__ = "birthday_grant"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    year: Mapped[int]
    month: Mapped[int]
    celebrated_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(10))
    run_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("birthday_run.id"))
    amount: Mapped[Decimal | None]
    form: Mapped[str | None] = mapped_column(sa.String(8))
    code: Mapped[str | None] = mapped_column(EncryptedText)
    code_index: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    issued_at: Mapped[datetime | None]
    collect_by: Mapped[date | None]
    collected_at: Mapped[datetime | None]
    collected_by: Mapped[UUID | None]
    claim: Mapped[int] = mapped_column(default=0, server_default="0")
    """Number of claims on the funds; a previous release claimed once and did not count."""
    ended_by: Mapped[str | None] = mapped_column(sa.String(16))
    """Why the system withdrew it (`member_died`)."""
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    claim_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    entry_id: Mapped[UUID | None]
    withdraw_reason: Mapped[str | None] = mapped_column(EncryptedText)
    refused_rule: Mapped[str | None] = mapped_column(sa.String(120))

    __table_args__ = (
        sa.UniqueConstraint("member_id", "year"),
        sa.Index("ix_birthday_grant_month_day", "year", "month", "celebrated_on", "id"),
        sa.Index("ix_birthday_grant_unit_id", "unit_id", "year", "month"),
        sa.Index("ix_birthday_grant_to_be_issued", "run_id", "id", postgresql_where=TO_BE_ISSUED,
                 sqlite_where=TO_BE_ISSUED),
    )  # fmt: skip
