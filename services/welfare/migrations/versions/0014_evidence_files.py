"""Evidence of visits may have a photo or a paper; what is removed leaves the reason behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("visit_evidence", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column("visit_evidence", sa.Column("people_shown", sa.String(8), nullable=True))
    op.create_table(
        "removed_visit_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_removed_visit_evidence"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_removed_visit_evidence_visit_id_visit"),
    )
    op.create_index("ix_removed_visit_evidence_visit_id", "removed_visit_evidence", ["visit_id"])
