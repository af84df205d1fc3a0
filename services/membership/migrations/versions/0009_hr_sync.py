"""What HR said last of each person, deliveries, how far HR's own API has been read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "hr_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hr_id", sa.String(30), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(12), nullable=True),
        sa.Column("fields_changed", sa.JSON(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("member_version", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(64), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("problem", sa.String(80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hr_record"),
        sa.UniqueConstraint("hr_id", name="uq_hr_record_hr_id"),
    )
    op.create_index("ix_hr_record_state_received_at_id", "hr_record", ["state", "received_at", "id"])
    op.create_index("ix_hr_record_member_id", "hr_record", ["member_id"])
    op.create_index("ix_hr_record_received_at_id", "hr_record", ["received_at", "id"])
    op.create_index("ix_hr_record_open_kind", "hr_record", ["kind", "id"], postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_table(
        "hr_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(4), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.String(64), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("received", "brand_new", "repeated", "older", "differing")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hr_round"),
    )
    op.create_table(
        "hr_cursor",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("value", sa.String(500), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_hr_cursor"),
    )
