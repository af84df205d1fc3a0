"""Revisions of the minutes of a session, archives that were made of it, and assessments that items cite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "congress_minutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_minutes"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_minutes_session_id_congress_session"
        ),
        sa.UniqueConstraint("session_id", "number", name="uq_congress_minutes_session_id_number"),
    )
    op.create_table(
        "congress_archive",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_archive"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_archive_session_id_congress_session"
        ),
        sa.UniqueConstraint("session_id", "manifest_sha256", name="uq_congress_archive_session_id_manifest_sha256"),
    )
    op.add_column("congress_agenda_item", sa.Column("rating_id", sa.Uuid(), nullable=True))
    op.add_column("congress_session", sa.Column("minutes_number", sa.Integer(), nullable=False, server_default="0"))
    # What was written before is the first revision; nobody knows who saved it when.
    op.execute(
        sa.text(
            "INSERT INTO congress_minutes (id, session_id, number, base, text, at) "
            "SELECT id, id, 1, 0, minutes, CURRENT_TIMESTAMP FROM congress_session WHERE minutes IS NOT NULL"
        )
    )
    op.execute(sa.text("UPDATE congress_session SET minutes_number = 1 WHERE minutes IS NOT NULL"))
