"""Awards granted to members and units; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

GRANTED = sa.text("state = 'granted'")


def upgrade() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(100), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
    )
    op.create_index(
        "uq_award_once",
        "award",
        ["holder", "awarded_on", "title"],
        unique=True,
        postgresql_where=GRANTED,
        sqlite_where=GRANTED,
    )
    op.create_index("ix_award_awarded_on_id", "award", ["awarded_on", "id"])
    op.create_index("ix_award_category_awarded_on_id", "award", ["category", "awarded_on", "id"])
    op.create_index("ix_award_level_awarded_on_id", "award", ["level", "awarded_on", "id"])
    op.create_index("ix_award_holder_awarded_on_id", "award", ["holder", "awarded_on", "id"])
