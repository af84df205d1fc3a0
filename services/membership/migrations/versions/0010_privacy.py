"""Requests for correction, what was erased of whose record, and when; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ASKED = sa.text("state = 'asked'")
LEFT = sa.text("left_on IS NOT NULL")


def upgrade() -> None:
    op.add_column("member", sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_member_left_on_id", "member", ["left_on", "id"], postgresql_where=LEFT, sqlite_where=LEFT)
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_correction_member_id_member"),
    )
    op.create_index(
        "uq_correction_asked", "correction", ["member_id", "field"], unique=True,
        postgresql_where=ASKED, sqlite_where=ASKED,
    )  # fmt: skip
    op.create_index("ix_correction_member_id_id", "correction", ["member_id", "id"])
    op.create_index("ix_correction_state_id", "correction", ["state", "id"])
    op.create_table(
        "erasure",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(12), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "data_class", "left_on", name="pk_erasure"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_erasure_member_id_member"),
    )
