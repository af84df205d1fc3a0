"""Dismissal notices: the employer's notice, the union's opinion, the answer, papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_WAITS = sa.text("state IN ('received', 'in_review')")


def upgrade() -> None:
    _notice()
    _parts()


def _notice() -> None:
    op.create_table(
        "dismissal_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("member_key", sa.String(64), nullable=True),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.Column("clerk_id", sa.Uuid(), nullable=True),
        sa.Column("opinion", sa.String(8), nullable=True),
        sa.Column("opinion_text", sa.Text(), nullable=True),
        sa.Column("violated", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(10), nullable=True),
        sa.Column("opinion_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(8), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("referred", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dismissal_notice"),
        sa.UniqueConstraint("case_id", name="uq_dismissal_notice_case_id"),
        sa.UniqueConstraint("number", name="uq_dismissal_notice_number"),
    )
    for column in ("member_key", "filed_by", "clerk_id", "received_on", "closed_on"):
        op.create_index(f"ix_dismissal_notice_{column}", "dismissal_notice", [column])
    op.create_index(
        "ix_dismissal_notice_due_on", "dismissal_notice", ["due_on", "id"], postgresql_where=_WAITS, sqlite_where=_WAITS
    )


def _parts() -> None:
    _part(
        "dismissal_entry",
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    _part(
        "dismissal_paper",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )


def _part(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dismissal_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["dismissal_id"], ["dismissal_notice.id"], name=f"fk_{table}_dismissal_id_dismissal_notice"
        ),
    )
    op.create_index(f"ix_{table}_dismissal_id", table, ["dismissal_id"])
