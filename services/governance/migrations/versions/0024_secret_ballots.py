"""Secret ballots: keys, scrutineers, marks, votes, the union's key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "secret_ballot",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("terms", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=True),
        sa.Column("signing_key", sa.Text(), nullable=True),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=True),
        sa.Column("head", sa.JSON(), nullable=True),
        sa.Column("secret", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_secret_ballot"),
    )
    op.create_index("ix_secret_ballot_state", "secret_ballot", ["state", "ballot_id"])
    op.create_table(
        "ballot_scrutineer",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(88), nullable=True),
        sa.Column("sealed_share", sa.String(200), nullable=True),
        sa.Column("share", sa.String(44), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_ballot_scrutineer"),
        sa.UniqueConstraint("ballot_id", "place", name="uq_ballot_scrutineer_place"),
        _of_ballot("ballot_scrutineer"),
    )
    op.create_index("ix_ballot_scrutineer_member_id", "ballot_scrutineer", ["member_id", "ballot_id"])
    op.create_table(
        "ballot_mark",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_ballot_mark"),
        _of_ballot("ballot_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_vote",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("vote", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", "token_hash", name="pk_secret_vote"),
        sa.UniqueConstraint("ballot_id", "position", name="uq_secret_vote_position"),
        _of_ballot("secret_vote"),
        sqlite_with_rowid=False,
    )
    waiting = sa.text("position IS NULL")
    op.create_index(
        "ix_secret_vote_waiting", "secret_vote", ["ballot_id", "token_hash"],
        postgresql_where=waiting, sqlite_where=waiting,
    )  # fmt: skip
    op.create_table(
        "union_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("public", sa.String(44), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_union_key"),
    )


def _of_ballot(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_ballot_id_secret_ballot"
    return sa.ForeignKeyConstraint(["ballot_id"], ["secret_ballot.ballot_id"], name=name)
