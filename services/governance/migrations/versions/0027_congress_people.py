"""Guests, organs and documents of the congress, and who asks for an extra session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.security.encryption import EncryptedText

revision = "0027"
down_revision = "0026"

_IS_MEMBER = sa.text("member_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("congress_session", sa.Column("requested_by", sa.String(9), nullable=True))
    op.add_column("congress_session", sa.Column("requesters", sa.Integer(), nullable=True))
    _organs()
    _guests()
    _documents()


def _organs() -> None:
    op.create_table(
        "congress_organ",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("organ_kind", sa.String(9), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("head_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_organ"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_organ_congress_id_congress"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_organ_session_id_congress_session"
        ),
    )
    op.create_index("ix_congress_organ_congress_id", "congress_organ", ["congress_id"])
    op.create_index("ix_congress_organ_session_id", "congress_organ", ["session_id"])
    op.create_table(
        "congress_organ_member",
        sa.Column("organ_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "member_id", name="pk_congress_organ_member"),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["congress_organ.id"], name="fk_congress_organ_member_organ_id_congress_organ"
        ),
    )
    op.add_column("congress_agenda_item", sa.Column("organ_id", sa.Uuid(), nullable=True))


def _guests() -> None:
    op.create_table(
        "congress_guest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", EncryptedText(), nullable=True),
        sa.Column("guest_kind", sa.String(8), nullable=False),
        sa.Column("position", sa.String(80), nullable=True),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_guest"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_guest_session_id_congress_session"
        ),
    )
    op.create_index("ix_congress_guest_session_id", "congress_guest", ["session_id", "id"])
    op.create_index(
        "uq_congress_guest_member", "congress_guest", ["session_id", "member_id"], unique=True,
        postgresql_where=_IS_MEMBER, sqlite_where=_IS_MEMBER,
    )  # fmt: skip


def _documents() -> None:
    op.create_table(
        "congress_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("document", sa.String(80), nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_document"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["congress_session.id"], name="fk_congress_document_session_id_congress_session"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["congress_agenda_item.id"], name="fk_congress_document_item_id_congress_agenda_item"
        ),
    )
    op.create_index("ix_congress_document_session_id", "congress_document", ["session_id"])
