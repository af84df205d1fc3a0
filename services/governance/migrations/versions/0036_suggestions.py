"""Suggestions box."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

_TABLE = "suggestion"
_WAITS = sa.text("state = 'received'")
_PUBLISHED = sa.text("published")
_KEPT = sa.text("ended_on IS NOT NULL AND forgotten = false")
_UNTOLD = sa.text("announced = false")


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(12), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.String(64), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("known_to_unit", sa.Boolean(), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
        sa.UniqueConstraint("number", name="uq_suggestion_number"),
        sa.UniqueConstraint("code_hash", name="uq_suggestion_code_hash"),
    )
    op.create_index("ix_suggestion_member_id", _TABLE, ["member_id", "received_on", "id"])
    op.create_index("ix_suggestion_unit_id", _TABLE, ["unit_id", "state"])
    op.create_index("ix_suggestion_received_on", _TABLE, ["received_on", "id"])
    for name, columns, where in (
        ("waits", ["due_on", "id"], _WAITS),
        ("published", ["answered_on", "id"], _PUBLISHED),
        ("ended_on", ["ended_on", "id"], _KEPT),
        ("untold", ["id"], _UNTOLD),
    ):
        op.create_index(f"ix_suggestion_{name}", _TABLE, columns, postgresql_where=where, sqlite_where=where)
    op.create_table(
        "suggestion_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion_entry"),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name="fk_suggestion_entry_suggestion_id_suggestion"
        ),
    )
    op.create_index("ix_suggestion_entry_suggestion_id", "suggestion_entry", ["suggestion_id"])
