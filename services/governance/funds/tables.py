"""Tables of the funds: budget lines, commitments, the ledger, refusals, accounting months.

The ledger is append-only. The ORM refuses to change or delete an entry here, and the migration adds triggers that
refuse it in the database.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.chassis.database.engine import UuidKey
from services.governance.base import Base


class LedgerIsImmutable(RuntimeError):
    """Raised on changing or deleting a ledger entry; mistakes are reversed, never edited."""


class BudgetLine(Base):
    """预算科目: the amount for one purpose in one year, and its funding source."""

    __tablename__ = "budget_line"
    __table_args__ = (
        sa.UniqueConstraint("year", "code"),
        sa.CheckConstraint("committed >= 0 AND spent >= 0 AND committed + spent <= amount", name="not_overdrawn"),
    )

    id: Mapped[UuidKey]
    year: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(60))
    name_en: Mapped[str] = mapped_column(sa.String(100))
    management_code: Mapped[str] = mapped_column(sa.String(60))
    accounting_code: Mapped[str] = mapped_column(sa.String(60))
    funding_source: Mapped[str] = mapped_column(sa.String(16), default="union")
    amount: Mapped[Decimal]
    committed: Mapped[Decimal] = mapped_column(default=Decimal("0.00"))
    spent: Mapped[Decimal] = mapped_column(default=Decimal("0.00"))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def available(self) -> Decimal:
        """The amount that is neither committed nor spent."""
        return self.amount - self.committed - self.spent


class Commitment(Base):
    """预留: a commitment of a line's money to a claim, to a source of welfare or by an officer, and its state.

    `paid` is the part of `amount` that payments have used; the rest counts on its line while the commitment is open.
    """

    __tablename__ = "commitment"
    __table_args__ = (sa.UniqueConstraint("source_type", "source_id", "claim"), sa.Index(None, "line_id", "state"))

    id: Mapped[UuidKey]
    line_id: Mapped[UUID] = mapped_column(sa.ForeignKey("budget_line.id"))
    year: Mapped[int]
    line_code: Mapped[str] = mapped_column(sa.String(60))
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    claim: Mapped[int] = mapped_column(default=1)
    amount: Mapped[Decimal]
    paid: Mapped[Decimal] = mapped_column(default=Decimal("0.00"), server_default="0")
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    description: Mapped[str] = mapped_column(sa.String(200))
    unit_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Reservation(Base):
    """预留申请: what a source of welfare asked for, and the payments that belong to it.

    Exists from the first that was heard of it, a payment or the reservation itself. `number` is of the last request
    heard, 0 before the first; `ended` after a release.
    """

    __tablename__ = "reservation"
    __table_args__ = (sa.UniqueConstraint("source_type", "source_id"),)

    id: Mapped[UuidKey]
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(default=0)
    ended: Mapped[bool] = mapped_column(default=False)
    commitment_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("commitment.id"), unique=True)


class FundEntry(Base):
    """记账凭证: one entry of the ledger with its sides, the rules it was checked by and its place in the chain."""

    __tablename__ = "fund_entry"
    __table_args__ = (
        sa.UniqueConstraint("source_type", "source_id", "claim", "kind"),
        sa.CheckConstraint("amount > 0", name="amount_is_positive"),
        sa.Index(None, "year", "sequence"),
        sa.Index(None, "period"),
        sa.Index(None, "posted_on"),
        sa.Index(None, "line_code", "year", "sequence"),
        sa.Index(None, "unit_id", "sequence"),
        sa.Index(None, "beneficiary", "benefit_key"),
        sa.Index(None, "reservation_id"),
    )

    id: Mapped[UuidKey]
    sequence: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    number: Mapped[str] = mapped_column(sa.String(12), unique=True)
    year: Mapped[int]
    period: Mapped[str] = mapped_column(sa.String(7))
    kind: Mapped[str] = mapped_column(sa.String(10))
    posted_on: Mapped[date]
    spent_on: Mapped[date]
    amount: Mapped[Decimal]
    description: Mapped[str] = mapped_column(sa.String(300))
    description_en: Mapped[str | None] = mapped_column(sa.String(300))
    line_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("budget_line.id"))
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    unit_id: Mapped[UUID | None]
    form: Mapped[str | None] = mapped_column(sa.String(10))
    funding_source: Mapped[str] = mapped_column(sa.String(16))
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    claim: Mapped[int]
    benefit_key: Mapped[str | None] = mapped_column(sa.String(60))
    beneficiary: Mapped[str | None] = mapped_column(sa.String(64))
    people: Mapped[int]
    rule_key: Mapped[str | None] = mapped_column(sa.String(120))
    rules: Mapped[list[Any]]
    evidence_kinds: Mapped[list[str]]
    decision: Mapped[str | None] = mapped_column(sa.String(200))
    override_reason: Mapped[str | None] = mapped_column(sa.String(300))
    reverses: Mapped[UUID | None] = mapped_column(sa.ForeignKey("fund_entry.id"), unique=True)
    reservation_id: Mapped[UUID | None]
    recorded_by: Mapped[str] = mapped_column(sa.String(64))
    recorded_at: Mapped[datetime]
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))

    sides: Mapped[list[FundSide]] = relationship(order_by="FundSide.place", lazy="raise", viewonly=True)


class FundSide(Base):
    """借贷方: one side of an entry."""

    __tablename__ = "fund_side"
    __table_args__ = (
        sa.CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name="one_sided"),
    )

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("fund_entry.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(sa.String(80))
    debit: Mapped[Decimal]
    credit: Mapped[Decimal]


class LedgerHead(Base):
    """The end of a series: of the chain (length and last digest), or of the numbers of a year. Its row is the lock."""

    __tablename__ = "ledger_head"

    series: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    value: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str] = mapped_column(sa.String(64))


class FundRefusal(Base):
    """拒付: an expense that was not recorded, with the rule that refused and the data for checking it again."""

    __tablename__ = "fund_refusal"
    __table_args__ = (sa.UniqueConstraint("source_type", "source_id", "claim"), sa.Index(None, "state", "id"))

    id: Mapped[UuidKey]
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    claim: Mapped[int]
    unit_id: Mapped[UUID | None]
    benefit_key: Mapped[str | None] = mapped_column(sa.String(60))
    beneficiary: Mapped[str | None] = mapped_column(sa.String(64))
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    amount: Mapped[Decimal]
    form: Mapped[str | None] = mapped_column(sa.String(10))
    funding_source: Mapped[str | None] = mapped_column(sa.String(16))
    people: Mapped[int] = mapped_column(default=1, server_default="1")
    reserved_type: Mapped[str | None] = mapped_column(sa.String(12))
    reserved_id: Mapped[UUID | None]
    spent_on: Mapped[date]
    evidence_kinds: Mapped[list[str]]
    rule: Mapped[str] = mapped_column(sa.String(120))
    reason_code: Mapped[str] = mapped_column(sa.String(40))
    detail: Mapped[str] = mapped_column(sa.String(500))
    rules: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    entry_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("fund_entry.id"))
    refused_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class FundPeriod(Base):
    """会计期间: an accounting month that was closed; an open one has no row."""

    __tablename__ = "fund_period"

    period: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(sa.String(64))
    entries: Mapped[int]
    last_hash: Mapped[str] = mapped_column(sa.String(64))


def _refuse_change(_mapper: Any, _connection: Any, target: Any) -> None:
    raise LedgerIsImmutable(f"{type(target).__name__} is never changed or deleted")


for _model in (FundEntry, FundSide):
    for _moment in ("before_update", "before_delete"):
        sa.event.listen(_model, _moment, _refuse_change)
