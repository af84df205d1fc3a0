"""Facts of members for audiences that need them, and what registrations were decided by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

HAS_FACTS = sa.text("facts IS NOT NULL")


def upgrade() -> None:
    op.add_column("registration", sa.Column("basis", sa.Text(), nullable=True))
    op.create_table(
        "member_facts",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("names", sa.String(60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_member_facts"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_member_facts_activity_id_activity"),
    )
    op.create_index("ix_member_facts_member_id_asked_at", "member_facts", ["member_id", "asked_at", "activity_id"])
    op.create_index("ix_member_facts_asked_at", "member_facts", ["asked_at"])
    op.create_index(
        "ix_member_facts_kept", "member_facts", ["asked_at"], postgresql_where=HAS_FACTS, sqlite_where=HAS_FACTS
    )
