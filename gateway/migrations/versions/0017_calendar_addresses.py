"""Whose calendars can be subscribed to, and in which edition their addresses are signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_calendar_address_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_calendar_address"),
    )
