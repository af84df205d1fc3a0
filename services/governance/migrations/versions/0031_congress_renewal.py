"""The renewal of a term of the congress: its checklist and what was done with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_WAITS = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "congress_renewal",
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("congress_id", name="pk_congress_renewal"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_renewal_congress_id_congress"),
    )
    op.create_table(
        "congress_renewal_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(100), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("late_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_renewal_item"),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress_renewal.congress_id"],
            name="fk_congress_renewal_item_congress_id_congress_renewal",
        ),
        sa.UniqueConstraint("congress_id", "item", name="uq_congress_renewal_item_congress_id_item"),
    )  # fmt: skip
    op.create_index("ix_congress_renewal_item_list", "congress_renewal_item", ["congress_id", "due_on", "id"])
    op.create_index(
        "ix_congress_renewal_item_due_on", "congress_renewal_item", ["due_on", "id"], postgresql_where=_WAITS,
        sqlite_where=_WAITS,
    )  # fmt: skip
    op.create_table(
        "congress_renewal_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(6), nullable=False),
        sa.Column("item", sa.String(100), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_renewal_step"),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress_renewal.congress_id"],
            name="fk_congress_renewal_step_congress_id_congress_renewal",
        ),
    )  # fmt: skip
    op.create_index("ix_congress_renewal_step_congress_id", "congress_renewal_step", ["congress_id", "id"])
