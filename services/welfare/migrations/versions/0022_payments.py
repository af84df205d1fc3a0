"""Payments asked of the funds, and money reserved there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import Yuan

revision = "0022"
down_revision = "0021"


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _asked() -> list[sa.Column[object]]:
    """Return the columns of what is asked of the funds for a source."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("source_type", 12),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        _text("state", 10),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("benefit_key", sa.Text(), nullable=True),
        _text("line_code", 60, nullable=True),
        _text("funding_source", 16),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("refused_rule", sa.Text(), nullable=True),
        _text("reason_code", 40, nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "payment_request",
        *_asked(),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        _text("form", 8, nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        _text("beneficiary", 64, nullable=True),
        sa.Column("evidence_kinds", sa.JSON(), nullable=False),
        _text("reserved_type", 12, nullable=True),
        sa.Column("reserved_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_payment_request"),
        sa.UniqueConstraint("source_type", "source_id", name="uq_payment_request_source_type_source_id"),
    )
    op.create_table(
        "funding",
        *_asked(),
        sa.Column("year", sa.Integer(), nullable=False),
        _text("title", 200, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_funding"),
        sa.UniqueConstraint("source_type", "source_id", name="uq_funding_source_type_source_id"),
    )
