"""Gifts of standing care: due by a date or an event, once each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "care_gift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kind_index", sa.String(64), nullable=False),
        sa.Column("source_index", sa.String(64), nullable=False),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("ended_by", sa.String(20), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("amount", Yuan(), nullable=True),
        sa.Column("form", sa.String(8), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_at", UtcDateTime(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claim_state", sa.String(10), nullable=False),
        sa.Column("claim_sequence", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("refused_rule", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_index"),
    )
    op.create_index("ix_care_gift_due_on", "care_gift", ["due_on", "id"])
    op.create_index("ix_care_gift_kind_index", "care_gift", ["kind_index", "due_on", "id"])
    op.create_index("ix_care_gift_member_id", "care_gift", ["member_id", "id"])
    op.create_index("ix_care_gift_unit_id", "care_gift", ["unit_id", "due_on", "id"])
