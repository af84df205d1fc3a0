"""Disclosures of the union's money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0038"
down_revision = "0037"

_STANDS = sa.text("state <> 'withdrawn'")
_WAITS = sa.text("state = 'asked'")


def _money(name: str) -> sa.Column[object]:
    """A sum in yuan; SQLite keeps it in fen."""
    return sa.Column(name, sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(4), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        _money("income"),
        _money("expense"),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(64), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("computed_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
    )
    op.create_index(
        "uq_disclosure_part", "disclosure", ["year", "part"], unique=True, postgresql_where=_STANDS,
        sqlite_where=_STANDS,
    )  # fmt: skip
    op.create_index("ix_disclosure_period", "disclosure", ["period", "id"])
    op.create_index("ix_disclosure_state", "disclosure", ["state", "period"])
    op.create_table(
        "disclosure_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure_entry"),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name="fk_disclosure_entry_disclosure_id_disclosure"
        ),
    )
    op.create_index("ix_disclosure_entry_disclosure_id", "disclosure_entry", ["disclosure_id"])
    op.create_table(
        "disclosure_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure_question"),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name="fk_disclosure_question_disclosure_id_disclosure"
        ),
    )
    op.create_index("ix_disclosure_question_disclosure_id", "disclosure_question", ["disclosure_id", "state", "id"])
    op.create_index("ix_disclosure_question_member_id", "disclosure_question", ["member_id", "id"])
    op.create_index(
        "ix_disclosure_question_waits", "disclosure_question", ["id"], postgresql_where=_WAITS, sqlite_where=_WAITS
    )
