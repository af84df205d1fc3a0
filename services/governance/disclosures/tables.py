"""Disclosures as they are stored: the figures as they were read from the ledger, so that they never change."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

STANDS = sa.text("state <> 'withdrawn'")
WAITS = sa.text("state = 'asked'")


class Disclosure(Base):
    """经费公开 What came in and was spent in a part of a year.

    `period`: year and months as one text, by which disclosures are ordered. `figures`: the sums by income, month and
    line.
    """

    __tablename__ = "disclosure"

    id: Mapped[UuidKey]
    year: Mapped[int]
    part: Mapped[str] = mapped_column(sa.String(4))
    period: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.Text)
    income: Mapped[Decimal]
    expense: Mapped[Decimal]
    entries: Mapped[int]
    figures: Mapped[dict[str, Any]]
    last_sequence: Mapped[int] = mapped_column(sa.BigInteger)
    last_hash: Mapped[str] = mapped_column(sa.String(64))
    prepared_on: Mapped[date]
    computed_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None]
    approved_on: Mapped[date | None]
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("uq_disclosure_part", "year", "part", unique=True, postgresql_where=STANDS, sqlite_where=STANDS),
        sa.Index("ix_disclosure_period", "period", "id"),
        sa.Index("ix_disclosure_state", "state", "period"),
    )


class DisclosureEntry(Base):
    """办理记录 What was done with a disclosure."""

    __tablename__ = "disclosure_entry"

    id: Mapped[UuidKey]
    disclosure_id: Mapped[UUID] = mapped_column(sa.ForeignKey("disclosure.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.String(500))
    at: Mapped[datetime]


class DisclosureQuestion(Base):
    """会员提问 A member's question about a disclosure."""

    __tablename__ = "disclosure_question"

    id: Mapped[UuidKey]
    disclosure_id: Mapped[UUID] = mapped_column(sa.ForeignKey("disclosure.id"))
    member_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(sa.String(500))
    state: Mapped[str] = mapped_column(sa.String(10))
    asked_on: Mapped[date]
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(sa.String(500))

    __table_args__ = (
        sa.Index("ix_disclosure_question_disclosure_id", "disclosure_id", "state", "id"),
        sa.Index("ix_disclosure_question_member_id", "member_id", "id"),
        sa.Index("ix_disclosure_question_waits", "id", postgresql_where=WAITS, sqlite_where=WAITS),
    )
