"""Tables of drives, pledges, gifts and counts of cash."""

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

ONE_DEDUCTION = sa.text("way = 'payroll' AND state <> 'withdrawn'")
ONE_REFERENCE = sa.text("reference IS NOT NULL AND state <> 'withdrawn'")
OPEN_COUNT = sa.text("second_by IS NULL")


class Drive(Base):
    """慈善捐赠活动 A drive, its charity, and after its end the fixed totals, the hand-over and the disclosure."""

    __tablename__ = "drive"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(60))
    year: Mapped[int]
    purpose: Mapped[str] = mapped_column(sa.String(500))
    charity_name: Mapped[str | None] = mapped_column(sa.String(100))
    credit_code: Mapped[str | None] = mapped_column(sa.String(18))
    certificate: Mapped[str | None] = mapped_column(sa.String(60))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    wording: Mapped[str] = mapped_column(sa.String(1000))
    wording_version: Mapped[str] = mapped_column(sa.String(20))
    plan_item_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    closed_on: Mapped[date | None]
    totals: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    handed_on: Mapped[date | None]
    handed_amount: Mapped[Decimal | None]
    difference: Mapped[str | None] = mapped_column(sa.String(500))
    charity_receipt: Mapped[str | None] = mapped_column(sa.String(60))
    receipt_file_id: Mapped[UUID | None]
    report: Mapped[str | None] = mapped_column(sa.Text)
    disclosed_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(sa.String(300))

    __table_args__ = (
        sa.Index("ix_drive_opens_on_id", "opens_on", "id"),
        sa.Index("ix_drive_state_opens_on", "state", "opens_on", "id"),
    )


class Pledge(Base):
    """认捐 What a member means to give. Its row goes when it is withdrawn."""

    __tablename__ = "pledge"

    drive_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drive.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    way: Mapped[str | None] = mapped_column(sa.String(10))
    amount: Mapped[Decimal | None]

    __table_args__ = (sa.Index("ix_pledge_member_id", "member_id"),)


class Gift(Base):
    """捐赠 One gift of money or goods.

    `member_id` is null for an anonymous gift. `giver` is a keyed hash of drive and member: the giver's own account
    finds the gift by it, and nobody reads a member from it. An anonymous gift from a list has none until it
    is claimed with the code whose keyed hash is `claim`. `receipt_title` is a name.
    """

    __tablename__ = "gift"

    id: Mapped[UuidKey]
    drive_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drive.id"))
    unit_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    giver: Mapped[str | None] = mapped_column(sa.String(32))
    claim: Mapped[str | None] = mapped_column(sa.String(64))
    way: Mapped[str] = mapped_column(sa.String(10))
    amount: Mapped[Decimal | None]
    goods: Mapped[str | None] = mapped_column(sa.String(100))
    quantity: Mapped[str | None] = mapped_column(sa.String(40))
    given_on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(sa.String(60))
    wording_version: Mapped[str | None] = mapped_column(sa.String(20))
    consented_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    receipt: Mapped[str] = mapped_column(sa.String(8), default="none")
    receipt_title: Mapped[str | None] = mapped_column(EncryptedText)
    receipt_number: Mapped[str | None] = mapped_column(sa.String(60))
    receipt_on: Mapped[date | None]
    entered_at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("amount IS NULL OR amount > 0", name="amount_is_positive"),
        sa.Index("uq_gift_drive_id_giver", "drive_id", "giver", unique=True, postgresql_where=ONE_DEDUCTION,
                 sqlite_where=ONE_DEDUCTION),
        sa.Index("uq_gift_drive_id_reference", "drive_id", "reference", unique=True, postgresql_where=ONE_REFERENCE,
                 sqlite_where=ONE_REFERENCE),
        sa.Index("uq_gift_claim", "claim", unique=True),
        sa.Index("ix_gift_drive_id_given_on", "drive_id", "given_on", "id"),
        sa.Index("ix_gift_drive_id_entered_at", "drive_id", "entered_at", "id"),
        sa.Index("ix_gift_drive_id_unit_id", "drive_id", "unit_id", "way", "state"),
        sa.Index("ix_gift_drive_id_way_state", "drive_id", "way", "state"),
        sa.Index("ix_gift_giver", "giver", "id"),
        sa.Index("ix_gift_member_id", "member_id"),
    )  # fmt: skip


class CashCount(Base):
    """点钞 A count of a unit's cash by two persons; `second_by` is null until another one has counted the same."""

    __tablename__ = "cash_count"

    id: Mapped[UuidKey]
    drive_id: Mapped[UUID] = mapped_column(sa.ForeignKey("drive.id"))
    unit_id: Mapped[UUID]
    gifts: Mapped[int]
    counted: Mapped[Decimal]
    first_by: Mapped[UUID]
    first_at: Mapped[datetime]
    second_by: Mapped[UUID | None]
    second_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("second_by IS NULL OR second_by <> first_by", name="counted_by_two"),
        sa.Index("uq_cash_count_drive_id_unit_id", "drive_id", "unit_id", unique=True, postgresql_where=OPEN_COUNT,
                 sqlite_where=OPEN_COUNT),
        sa.Index("ix_cash_count_drive_id", "drive_id", "id"),
    )  # fmt: skip
