"""Tables of suppliers, purchases, quotes, deliveries, invoices and their files."""

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

_COUNTS = sa.text("reversed_at IS NULL")
_WAITS = sa.text("state = 'waiting'")


class Supplier(Base):
    """供应商 Who sells."""

    __tablename__ = "supplier"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(100))
    credit_code: Mapped[str] = mapped_column(sa.String(18), unique=True)
    contact: Mapped[str | None] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(sa.String(500))
    blocked: Mapped[bool] = mapped_column(default=False)
    blocked_reason: Mapped[str | None] = mapped_column(sa.String(200))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (sa.Index("ix_supplier_name", "name", "id"),)


class InvoiceTitle(Base):
    """开票信息 What invoices to the union bear; the newest row holds, earlier ones are its history."""

    __tablename__ = "invoice_title"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(100))
    tax_number: Mapped[str] = mapped_column(sa.String(18))
    set_at: Mapped[datetime]
    set_by: Mapped[UUID | None]


class Purchase(Base):
    """采购 A purchase from the need to the payment.

    `amount` is the estimate until the decision, then the chosen quote's total.
    """

    __tablename__ = "purchase"

    id: Mapped[UuidKey]
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    title: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(20))
    source_type: Mapped[str] = mapped_column(sa.String(10))
    source_id: Mapped[UUID | None]
    source_title: Mapped[str | None] = mapped_column(sa.String(100))
    unit_id: Mapped[UUID | None]
    estimate: Mapped[Decimal]
    amount: Mapped[Decimal]
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    funding: Mapped[str] = mapped_column(sa.String(16))
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    state: Mapped[str] = mapped_column(sa.String(20))
    raised_on: Mapped[date]
    raised_by: Mapped[UUID | None]
    quote_id: Mapped[UUID | None]
    supplier_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("supplier.id"))
    way: Mapped[str | None] = mapped_column(sa.String(10))
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    decided_by_member: Mapped[UUID | None]
    present: Mapped[str | None] = mapped_column(EncryptedText)
    """Names of those who decided together, a JSON list."""
    decision_reason: Mapped[str | None] = mapped_column(sa.String(500))
    tender_number: Mapped[str | None] = mapped_column(sa.String(60))
    rules: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    contract_number: Mapped[str | None] = mapped_column(sa.String(60))
    signed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_purchase_raised_on", "raised_on", "id"),
        sa.Index("ix_purchase_amount", "amount", "id"),
        sa.Index("ix_purchase_title", "title", "id"),
        sa.Index("ix_purchase_state", "state", "raised_on", "id"),
        sa.Index("ix_purchase_kind", "kind", "raised_on", "id"),
        sa.Index("ix_purchase_unit_id", "unit_id", "raised_on", "id"),
        sa.Index("ix_purchase_supplier_id", "supplier_id", "raised_on", "id"),
        sa.Index("ix_purchase_source_id", "source_id", "id"),
    )


class PurchaseItem(Base):
    """采购明细 A line of the need; accepted never passes what was ordered."""

    __tablename__ = "purchase_item"

    id: Mapped[UuidKey]
    purchase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    specification: Mapped[str | None] = mapped_column(sa.String(200))
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(sa.String(10))
    package_id: Mapped[UUID | None]
    accepted: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("accepted >= 0 AND accepted <= quantity", name="order_covers_accepted"),)


class Quote(Base):
    """报价 What a supplier asks for all items; one for each supplier."""

    __tablename__ = "purchase_quote"

    id: Mapped[UuidKey]
    purchase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase.id"))
    supplier_id: Mapped[UUID] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    tax_rate: Mapped[str] = mapped_column(sa.String(4))
    valid_until: Mapped[date]
    note: Mapped[str | None] = mapped_column(sa.String(200))
    total: Mapped[Decimal]

    __table_args__ = (sa.UniqueConstraint("purchase_id", "supplier_id"),)


class QuoteLine(Base):
    """报价明细 The price of one item with tax."""

    __tablename__ = "purchase_quote_line"

    id: Mapped[UuidKey]
    quote_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase_quote.id"))
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase_item.id"), index=True)
    unit_price: Mapped[Decimal]
    paired_aid: Mapped[bool]

    __table_args__ = (sa.UniqueConstraint("quote_id", "item_id"),)


class Acceptance(Base):
    """验收 A delivery: counted by one, confirmed by another; the table allows one that waits."""

    __tablename__ = "purchase_acceptance"

    id: Mapped[UuidKey]
    purchase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(10))
    received_on: Mapped[date]
    first_by: Mapped[UUID | None]
    first_by_member: Mapped[UUID | None]
    first_at: Mapped[datetime]
    second_by: Mapped[UUID | None]
    second_by_member: Mapped[UUID | None]
    second_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("purchase_id", "number"),
        sa.Index("uq_purchase_acceptance_waiting", "purchase_id", unique=True, postgresql_where=_WAITS,
                 sqlite_where=_WAITS),
    )  # fmt: skip


class AcceptanceLine(Base):
    """验收明细 What was accepted and rejected of an item in a delivery."""

    __tablename__ = "purchase_acceptance_line"

    id: Mapped[UuidKey]
    acceptance_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase_acceptance.id"))
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase_item.id"), index=True)
    accepted: Mapped[int]
    rejected: Mapped[int]
    reason: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (sa.UniqueConstraint("acceptance_id", "item_id"),)


class Invoice(Base):
    """发票 An invoice; `identity` is code and number, which counts once among those that were not reversed."""

    __tablename__ = "purchase_invoice"

    id: Mapped[UuidKey]
    purchase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase.id"), index=True)
    identity: Mapped[str] = mapped_column(sa.String(32))
    invoice_code: Mapped[str | None] = mapped_column(sa.String(12))
    invoice_number: Mapped[str] = mapped_column(sa.String(20))
    amount: Mapped[Decimal]
    issued_on: Mapped[date]
    buyer_name: Mapped[str] = mapped_column(sa.String(100))
    buyer_tax_number: Mapped[str] = mapped_column(sa.String(40))
    reversed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (
        sa.Index("uq_purchase_invoice_identity", "identity", unique=True, postgresql_where=_COUNTS,
                 sqlite_where=_COUNTS),
    )  # fmt: skip


class Paper(Base):
    """采购文件 A file of a purchase, and what of it it belongs to."""

    __tablename__ = "purchase_paper"

    id: Mapped[UuidKey]
    purchase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("purchase.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    about_id: Mapped[UUID | None]
    file_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    added_at: Mapped[datetime]
