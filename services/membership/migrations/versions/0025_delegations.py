"""Posts held for an absent colleague."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_delegation_post_id_post"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_delegation_unit_id_unit"),
        sa.ForeignKeyConstraint(["giver_id"], ["member.id"], name="fk_delegation_giver_id_member"),
        sa.ForeignKeyConstraint(["deputy_id"], ["member.id"], name="fk_delegation_deputy_id_member"),
    )
    for columns in (
        ["post_id", "last_day"],
        ["unit_id", "last_day"],
        ["giver_id", "last_day"],
        ["deputy_id", "last_day"],
        ["last_day", "id"],
    ):
        op.create_index(f"ix_delegation_{'_'.join(columns)}", "delegation", columns)
