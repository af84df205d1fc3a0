"""Seats that are held while the form is filled in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("activity", sa.Column("hold_minutes", sa.Integer(), nullable=True))
    op.create_table(
        "registration_hold",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("companions", sa.Integer(), nullable=False),
        sa.Column("options", sa.String(150), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_registration_hold"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_registration_hold_activity_id_activity"),
    )
    op.create_index("ix_registration_hold_until", "registration_hold", ["until"])
    op.create_index("ix_registration_hold_member_id", "registration_hold", ["member_id"])
