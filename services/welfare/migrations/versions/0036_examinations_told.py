"""What was announced of examinations: how many of a unit have no appointment, and that one waits to be closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    with op.batch_alter_table("examination") as table:
        table.add_column(sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "examination_unbooked_told",
        sa.Column("examination_id", sa.Uuid(), sa.ForeignKey("examination.id"), primary_key=True),
        sa.Column("unit_id", sa.Uuid(), primary_key=True),
        sa.Column("unbooked", sa.Integer(), nullable=False),
    )
