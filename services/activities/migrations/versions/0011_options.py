"""Options that share quotas, and companions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("activity", sa.Column("has_form", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("activity", sa.Column("most_companions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("registration", sa.Column("companions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("registration", sa.Column("options", sa.String(150), server_default=sa.text("''"), nullable=False))
    _of_activity(
        "activity_quota",
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= size", name=op.f("ck_activity_quota_no_oversell")),
    )
    _of_activity(
        "option_group",
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
    )
    _of_activity(
        "activity_option",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
    )


def _of_activity(table: str, *parts: sa.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("activity_id", "number", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=f"fk_{table}_activity_id_activity"),
    )
