"""What became of units named by audiences; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("activity", sa.Column("named_units", sa.JSON(), nullable=True))
    op.add_column("activity", sa.Column("named_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "unit_heir",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("heir_id", sa.Uuid(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "heir_id", name="pk_unit_heir"),
    )
