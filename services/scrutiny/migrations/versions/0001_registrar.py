"""Keys of secret ballots, their rolls, marks of tokens that were signed, the key of statements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

CHASSIS_STEPS = 8


def upgrade() -> None:
    for step in range(1, CHASSIS_STEPS + 1):
        chassis_tables(step)
    op.create_table(
        "watched_ballot",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(800), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("roll", sa.String(64), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_watched_ballot"),
    )
    op.create_table(
        "watched_voter",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_watched_voter"),
    )
    op.create_table(
        "scrutiny_mark",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_scrutiny_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("public", sa.String(44), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statement_key"),
    )
