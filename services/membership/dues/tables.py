"""Tables of the dues: bases, exemptions, charges with what was paid, payments, refunds, files.

A person's wages are encrypted. The amounts owed are not, because the database adds and compares them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base

_OPEN = sa.text("ends_on IS NULL")
_OWED = sa.text("paid < due")
_OVER = sa.text("paid > due")
_ASKED = sa.text("state = 'asked'")
_REMINDED = sa.text("settled_at IS NULL")


class DuesBase(Base):
    """会费缴费基数: what a member's dues are reckoned from, from a day and perhaps to a day; one at most is open."""

    __tablename__ = "dues_base"
    __table_args__ = (
        sa.UniqueConstraint("member_id", "starts_on"),
        sa.Index("uq_dues_base_open", "member_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    base: Mapped[str] = mapped_column(EncryptedText)
    source: Mapped[str] = mapped_column(sa.String(8))
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(sa.String(64))


class DuesExemption(Base):
    """免缴会费: a stretch of time in which a member owes no dues, for a reason the rules name."""

    __tablename__ = "dues_exemption"
    __table_args__ = (sa.Index("ix_dues_exemption_member_id_starts_on", "member_id", "starts_on"),)

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(sa.String(30))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(sa.String(64))


class DuesCharge(Base):
    """应缴会费: what one member owes for one month. Its key is what keeps a month from being charged twice."""

    __tablename__ = "dues_charge"
    __table_args__ = (
        sa.Index("ix_dues_charge_month_unit_id", "month", "unit_id"),
        sa.Index(
            "ix_dues_charge_owed", "unit_id", "month", "member_id", postgresql_where=_OWED, sqlite_where=_OWED
        ),
        sa.Index("ix_dues_charge_over", "member_id", "month", postgresql_where=_OVER, sqlite_where=_OVER),
        sa.CheckConstraint("due >= 0 AND paid >= 0", name="not_negative"),
    )  # fmt: skip

    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    unit_id: Mapped[UUID]
    amount: Mapped[Decimal]
    due: Mapped[Decimal]
    paid: Mapped[Decimal] = mapped_column(default=Decimal("0.00"))
    job_id: Mapped[UUID | None]
    charged_at: Mapped[datetime]


class DuesAdjustment(Base):
    """会费更正: that what is owed for a month was changed or waived, and why."""

    __tablename__ = "dues_adjustment"
    __table_args__ = (sa.Index("ix_dues_adjustment_member_id_month", "member_id", "month"),)

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    month: Mapped[str] = mapped_column(sa.String(7))
    old_due: Mapped[Decimal]
    new_due: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(64))


class DuesPayment(Base):
    """会费收缴记录: money that came in, or went back with a negative amount. Never edited: a mistake is reversed.

    A credit carried is two rows of the channel `credit`: a payment, and of the kind `carry` what it took.
    """

    __tablename__ = "dues_payment"
    __table_args__ = (
        sa.Index("ix_dues_payment_member_id_month", "member_id", "month"),
        sa.Index("ix_dues_payment_posting_id", "posting_id"),
        sa.CheckConstraint("(kind = 'payment') = (amount > 0)", name="sign_of_kind"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    month: Mapped[str] = mapped_column(sa.String(7))
    unit_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(sa.String(8))
    channel: Mapped[str] = mapped_column(sa.String(8))
    amount: Mapped[Decimal]
    paid_on: Mapped[date]
    posting_id: Mapped[UUID]
    file_id: Mapped[UUID | None]
    reverses: Mapped[UUID | None] = mapped_column(sa.ForeignKey("dues_payment.id"), unique=True)
    note: Mapped[str | None] = mapped_column(sa.String(200))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(64))


class DuesRefund(Base):
    """会费退还: money to be given back, from the first officer's request to the second one's decision."""

    __tablename__ = "dues_refund"
    __table_args__ = (
        sa.Index("ix_dues_refund_state_id", "state", "id"),
        sa.Index("ix_dues_refund_open", "member_id", "month", postgresql_where=_ASKED, sqlite_where=_ASKED),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    month: Mapped[str] = mapped_column(sa.String(7))
    amount: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[str] = mapped_column(sa.String(10), default="asked")
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(sa.String(64))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(sa.String(64))
    decision: Mapped[str | None] = mapped_column(sa.String(200))


class DuesReminder(Base):
    """催缴: a member was reminded to pay; the row is deleted when nothing is owed any more."""

    __tablename__ = "dues_reminder"
    __table_args__ = (
        sa.Index("ix_dues_reminder_open", "member_id", postgresql_where=_REMINDED, sqlite_where=_REMINDED),
    )

    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    reminded_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class DuesFile(Base):
    """会费文件: a payroll's deductions, or a list of bases, from the upload through the dry run to the posting."""

    __tablename__ = "dues_file"
    __table_args__ = (sa.Index("ix_dues_file_kind_id", "kind", "id"),)

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(8))
    month: Mapped[str] = mapped_column(sa.String(7))
    paid_on: Mapped[date | None]
    name: Mapped[str] = mapped_column(sa.String(200))
    stored_id: Mapped[UUID | None]
    headings: Mapped[list[str] | None]
    mapping: Mapped[dict[str, Any] | None]
    """Which column holds what; None in a file of an older version, whose headings say it."""
    state: Mapped[str] = mapped_column(sa.String(10), default="checking")
    counts: Mapped[dict[str, Any]]
    rows: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Decimal]
    check_job_id: Mapped[UUID | None]
    post_job_id: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(sa.String(64))
    posted_at: Mapped[datetime | None]


class DuesFileRow(Base):
    """One row of such a file, told apart from its person: what it says in the file stays in the encrypted file."""

    __tablename__ = "dues_file_row"
    __table_args__ = (
        sa.Index("ix_dues_file_row_file_id_member_id", "file_id", "member_id"),
        sa.Index("ix_dues_file_row_file_id_verdict", "file_id", "verdict", "row"),
    )

    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dues_file.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[UUID | None]
    amount: Mapped[Decimal | None]
    base: Mapped[str | None] = mapped_column(EncryptedText)
    verdict: Mapped[str] = mapped_column(sa.String(12))
    done: Mapped[bool] = mapped_column(default=False)
