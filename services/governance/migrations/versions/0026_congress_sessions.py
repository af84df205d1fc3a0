"""Sessions of the congress: agenda, attendance, speakers, resolutions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_WANTS = sa.text("state IN ('waiting', 'speaking')")


def upgrade() -> None:
    _sessions()
    _agenda()
    _floor()


def _sessions() -> None:
    op.create_table(
        "congress_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("quorate", sa.JSON(), nullable=False),
        sa.Column("opened_quorum", sa.JSON(), nullable=True),
        sa.Column("closed_quorum", sa.JSON(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_session"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_session_congress_id_congress"),
        sa.UniqueConstraint("congress_id", "number", name="uq_congress_session_congress_id_number"),
    )


def _agenda() -> None:
    op.create_table(
        "congress_agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("agenda_kind", sa.String(8), nullable=False),
        sa.Column("body", sa.String(16), nullable=True),
        sa.Column("presenter", sa.String(60), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("speakers_taken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_agenda_item"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_agenda_item_session_id_congress_session"
        ),
    )
    op.create_index("ix_congress_agenda_item_session_id", "congress_agenda_item", ["session_id", "position"])
    op.create_index(
        "uq_congress_agenda_item_open", "congress_agenda_item", ["session_id"], unique=True,
        postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'"),
    )  # fmt: skip
    op.create_table(
        "congress_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_congress_attendance"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_attendance_session_id_congress_session"
        ),
    )


def _floor() -> None:
    op.create_table(
        "congress_speaker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_speaker"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["congress_agenda_item.id"], name="fk_congress_speaker_item_id_congress_agenda_item"
        ),
    )
    op.create_index(
        "uq_congress_speaker_wants", "congress_speaker", ["item_id", "member_id"], unique=True,
        postgresql_where=_WANTS, sqlite_where=_WANTS,
    )  # fmt: skip
    op.create_index(
        "uq_congress_speaker_speaking", "congress_speaker", ["item_id"], unique=True,
        postgresql_where=sa.text("state = 'speaking'"), sqlite_where=sa.text("state = 'speaking'"),
    )  # fmt: skip
    op.create_index("ix_congress_speaker_item_id", "congress_speaker", ["item_id", "position"])
    op.create_table(
        "congress_resolution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=True),
        sa.Column("delegates", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_resolution"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_resolution_session_id_congress_session"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["congress_agenda_item.id"], name="fk_congress_resolution_item_id_congress_agenda_item"
        ),
        sa.UniqueConstraint("ballot_id", name="uq_congress_resolution_ballot_id"),
    )
    op.create_index("ix_congress_resolution_session_id", "congress_resolution", ["session_id"])
    op.create_index("ix_congress_resolution_item_id", "congress_resolution", ["item_id"])
