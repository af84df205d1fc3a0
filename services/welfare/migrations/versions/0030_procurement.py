"""Procurement: suppliers, purchases, quotes, deliveries, invoices and their files."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0030"
down_revision = "0029"

Column = sa.Column[Any]


def _ids(*names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _texts(*columns: tuple[str, int], nullable: bool = False) -> list[Column]:
    return [sa.Column(name, sa.String(length), nullable=nullable) for name, length in columns]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _references(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *_ids("id"), *parts, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _register() -> None:
    _table(
        "supplier",
        *_texts(("name", 100), ("credit_code", 18)),
        *_some(sa.Text(), "contact", "phone", nullable=True),
        *_texts(("note", 500), ("blocked_reason", 200), nullable=True),
        *_some(sa.Boolean(), "blocked"),
        *_some(sa.Integer(), "version"),
        sa.UniqueConstraint("credit_code", name="uq_supplier_credit_code"),
    )
    op.create_index("ix_supplier_name", "supplier", ["name", "id"])
    _table(
        "invoice_title",
        *_texts(("name", 100), ("tax_number", 18)),
        *_some(UtcDateTime(), "set_at"),
        *_ids("set_by", nullable=True),
    )


def _purchases() -> None:
    _table(
        "purchase",
        *_texts(("number", 16), ("title", 100), ("kind", 20), ("source_type", 10), ("funding", 16), ("state", 20)),
        *_texts(
            ("source_title", 100), ("reason", 500), ("line_code", 60), ("way", 10),
            ("decision_reason", 500), ("tender_number", 60), ("contract_number", 60), nullable=True,
        ),
        *_ids("source_id", "unit_id", "raised_by", "quote_id", "supplier_id", "decided_by", "decided_by_member",
              nullable=True),
        *_some(Yuan(), "estimate", "amount"),
        *_some(sa.Date(), "raised_on"),
        *_some(sa.Date(), "decided_on", "signed_on", nullable=True),
        *_some(sa.Text(), "present", nullable=True),
        *_some(sa.JSON(), "rules"),
        *_some(sa.Integer(), "version"),
        sa.UniqueConstraint("number", name="uq_purchase_number"),
        _references("purchase", "supplier_id", "supplier"),
    )  # fmt: skip
    for column in ("raised_on", "amount", "title"):
        op.create_index(f"ix_purchase_{column}", "purchase", [column, "id"])
    for column in ("state", "kind", "unit_id", "supplier_id"):
        op.create_index(f"ix_purchase_{column}", "purchase", [column, "raised_on", "id"])
    op.create_index("ix_purchase_source_id", "purchase", ["source_id", "id"])
    _table(
        "purchase_item",
        *_ids("purchase_id"),
        *_texts(("name", 100), ("unit", 10)),
        *_texts(("specification", 200), nullable=True),
        *_some(sa.Integer(), "quantity", "accepted", "rejected"),
        *_ids("package_id", nullable=True),
        _references("purchase_item", "purchase_id", "purchase"),
        sa.CheckConstraint(
            "accepted >= 0 AND accepted <= quantity", name=op.f("ck_purchase_item_order_covers_accepted")
        ),
    )
    op.create_index("ix_purchase_item_purchase_id", "purchase_item", ["purchase_id"])


def _quotes() -> None:
    _table(
        "purchase_quote",
        *_ids("purchase_id", "supplier_id"),
        *_texts(("tax_rate", 4)),
        *_some(sa.Date(), "valid_until"),
        *_texts(("note", 200), nullable=True),
        *_some(Yuan(), "total"),
        _references("purchase_quote", "purchase_id", "purchase"),
        _references("purchase_quote", "supplier_id", "supplier"),
        sa.UniqueConstraint("purchase_id", "supplier_id", name="uq_purchase_quote_purchase_id_supplier_id"),
    )
    op.create_index("ix_purchase_quote_supplier_id", "purchase_quote", ["supplier_id"])
    _table(
        "purchase_quote_line",
        *_ids("quote_id", "item_id"),
        *_some(Yuan(), "unit_price"),
        *_some(sa.Boolean(), "paired_aid"),
        _references("purchase_quote_line", "quote_id", "purchase_quote"),
        _references("purchase_quote_line", "item_id", "purchase_item"),
        sa.UniqueConstraint("quote_id", "item_id", name="uq_purchase_quote_line_quote_id_item_id"),
    )
    op.create_index("ix_purchase_quote_line_item_id", "purchase_quote_line", ["item_id"])


def _deliveries() -> None:
    _table(
        "purchase_acceptance",
        *_ids("purchase_id"),
        *_some(sa.Integer(), "number"),
        *_texts(("state", 10)),
        *_some(sa.Date(), "received_on"),
        *_ids("first_by", "first_by_member", "second_by", "second_by_member", nullable=True),
        *_some(UtcDateTime(), "first_at"),
        *_some(UtcDateTime(), "second_at", nullable=True),
        _references("purchase_acceptance", "purchase_id", "purchase"),
        sa.UniqueConstraint("purchase_id", "number", name="uq_purchase_acceptance_purchase_id_number"),
    )
    waits = sa.text("state = 'waiting'")
    op.create_index(
        "uq_purchase_acceptance_waiting", "purchase_acceptance", ["purchase_id"], unique=True, postgresql_where=waits,
        sqlite_where=waits,
    )  # fmt: skip
    _table(
        "purchase_acceptance_line",
        *_ids("acceptance_id", "item_id"),
        *_some(sa.Integer(), "accepted", "rejected"),
        *_texts(("reason", 200), nullable=True),
        _references("purchase_acceptance_line", "acceptance_id", "purchase_acceptance"),
        _references("purchase_acceptance_line", "item_id", "purchase_item"),
        sa.UniqueConstraint("acceptance_id", "item_id", name="uq_purchase_acceptance_line_acceptance_id_item_id"),
    )
    op.create_index("ix_purchase_acceptance_line_item_id", "purchase_acceptance_line", ["item_id"])


def _invoices_and_files() -> None:
    _table(
        "purchase_invoice",
        *_ids("purchase_id"),
        *_texts(("identity", 32), ("invoice_number", 20), ("buyer_name", 100), ("buyer_tax_number", 40)),
        *_texts(("invoice_code", 12), ("reason", 200), nullable=True),
        *_some(Yuan(), "amount"),
        *_some(sa.Date(), "issued_on"),
        *_some(UtcDateTime(), "reversed_at", nullable=True),
        _references("purchase_invoice", "purchase_id", "purchase"),
    )
    counts = sa.text("reversed_at IS NULL")
    op.create_index(
        "uq_purchase_invoice_identity", "purchase_invoice", ["identity"], unique=True, postgresql_where=counts,
        sqlite_where=counts,
    )  # fmt: skip
    op.create_index("ix_purchase_invoice_purchase_id", "purchase_invoice", ["purchase_id"])
    _table(
        "purchase_paper",
        *_ids("purchase_id", "file_id"),
        *_ids("about_id", nullable=True),
        *_texts(("kind", 12), ("name", 200), ("media_type", 100)),
        *_some(sa.Integer(), "size"),
        *_some(UtcDateTime(), "added_at"),
        _references("purchase_paper", "purchase_id", "purchase"),
    )
    op.create_index("ix_purchase_paper_purchase_id", "purchase_paper", ["purchase_id"])


def upgrade() -> None:
    _register()
    _purchases()
    _quotes()
    _deliveries()
    _invoices_and_files()
