"""The copy of the members, and how far it was filled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "known_member",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_sequence", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(24), nullable=False),
        sa.Column("standing_sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_known_member"),
    )
    op.create_index("ix_known_member_unit_id", "known_member", ["unit_id", "standing", "member_id"])
    op.create_table(
        "member_copy_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("filled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member_copy_progress"),
    )
