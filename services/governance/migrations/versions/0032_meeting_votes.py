"""Ballots that meetings call, and the ballot a decision was made by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.security.encryption import EncryptedText

revision = "0032"
down_revision = "0031"

_VOTING = sa.text("state = 'voting'")


def upgrade() -> None:
    op.create_table(
        "meeting_vote",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("secrecy", sa.String(10), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_meeting_vote"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_vote_meeting_id_meeting"),
    )
    op.create_index("ix_meeting_vote_meeting_id", "meeting_vote", ["meeting_id", "ballot_id"])
    op.create_index(
        "uq_meeting_vote_voting", "meeting_vote", ["item_id"], unique=True, postgresql_where=_VOTING,
        sqlite_where=_VOTING,
    )  # fmt: skip
    op.create_index(
        "ix_meeting_vote_voting", "meeting_vote", ["ballot_id"], postgresql_where=_VOTING, sqlite_where=_VOTING
    )
    op.add_column("meeting_decision", sa.Column("ballot_id", sa.Uuid(), nullable=True))
