"""Units' own congresses: the yearly filings of units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_WAITS = sa.text("state IN ('awaited', 'plan_returned', 'planned', 'record_returned')")


def upgrade() -> None:
    _filings()
    _parts()


def _filings() -> None:
    op.create_table(
        "unit_filing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(10), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(100), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        sa.Column("delegates", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_filing"),
        sa.UniqueConstraint("unit_id", "year", name="uq_unit_filing_unit_id_year"),
    )
    op.create_index("ix_unit_filing_year", "unit_filing", ["year", "id"])
    op.create_index("ix_unit_filing_state", "unit_filing", ["state", "year", "id"])
    op.create_index(
        "ix_unit_filing_due_on", "unit_filing", ["due_on", "id"], postgresql_where=_WAITS, sqlite_where=_WAITS
    )


def _parts() -> None:
    op.create_table(
        "filing_check",
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("filing_id", "item", name="pk_filing_check"),
        sa.ForeignKeyConstraint(["filing_id"], ["unit_filing.id"], name="fk_filing_check_filing_id_unit_filing"),
    )
    _part(
        "filing_resolution",
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
    )
    _part(
        "filing_document",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    _part(
        "filing_guidance",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
    )
    _part(
        "filing_step",
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _part(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["filing_id"], ["unit_filing.id"], name=f"fk_{table}_filing_id_unit_filing"),
    )
    op.create_index(f"ix_{table}_filing_id", table, ["filing_id"])
