"""Decisions about members are stored with the rules and inputs they were made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "decision_basis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision_basis"),
        sa.UniqueConstraint("digest", name="uq_decision_basis_digest"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("basis_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(120), nullable=True),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("amount", Yuan(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["basis_id"], ["decision_basis.id"], name="fk_decision_basis_id_decision_basis"),
    )
    op.create_index("ix_decision_member_id_decided_at", "decision", ["member_id", "decided_at"])
    op.create_index("ix_decision_subject_id_outcome", "decision", ["subject_id", "outcome", "id"])
    op.create_index("ix_decision_kind_id", "decision", ["kind", "id"])
