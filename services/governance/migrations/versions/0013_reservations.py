"""Reservations of welfare: commitments that payments use in part, and refusals that keep all of a payment's data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import Yuan

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_type", sa.String(12), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_reservation_commitment_id_commitment"),
        sa.UniqueConstraint("source_type", "source_id", name="uq_reservation_source_type_source_id"),
        sa.UniqueConstraint("commitment_id", name="uq_reservation_commitment_id"),
    )
    op.add_column("commitment", sa.Column("paid", Yuan(), nullable=False, server_default="0"))
    op.execute("UPDATE commitment SET paid = amount WHERE state = 'settled'")
    op.add_column("fund_entry", sa.Column("reservation_id", sa.Uuid(), nullable=True))
    op.create_index("ix_fund_entry_reservation_id", "fund_entry", ["reservation_id"])
    op.add_column("fund_refusal", sa.Column("funding_source", sa.String(16), nullable=True))
    op.add_column("fund_refusal", sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("fund_refusal", sa.Column("reserved_type", sa.String(12), nullable=True))
    op.add_column("fund_refusal", sa.Column("reserved_id", sa.Uuid(), nullable=True))
