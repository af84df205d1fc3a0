"""Which sort of committee, what became of a unit, and which ending terms were told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("unit", sa.Column("committee", sa.String(12), nullable=True))
    op.add_column("unit", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("unit", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("post", sa.Column("ending_told", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "unit_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=True),
        sa.Column("other_unit_id", sa.Uuid(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_unit_history"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_history_unit_id_unit"),
    )
    op.create_index("ix_unit_history_unit_id_happened_on_id", "unit_history", ["unit_id", "happened_on", "id"])
