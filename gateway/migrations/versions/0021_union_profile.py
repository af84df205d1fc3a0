"""The union's profile: names, colour, emblem and contact, in one row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "union_profile",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(60)),
        sa.Column("name_en", sa.String(120)),
        sa.Column("short_name", sa.String(12)),
        sa.Column("short_name_en", sa.String(24)),
        sa.Column("colour", sa.String(7)),
        sa.Column("office", sa.String(120)),
        sa.Column("hours", sa.String(120)),
        sa.Column("phone", sa.String(40)),
        sa.Column("email", sa.String(120)),
        sa.Column("emblem", sa.LargeBinary),
        sa.Column("emblem_digest", sa.String(16)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
