"""Meetings: bodies, seats, motions, agendas, documents, minutes, decisions, action items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime
from services.chassis.security.encryption import EncryptedText

revision = "0019"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "meeting_body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("post_kinds", sa.JSON(), nullable=False),
        sa.Column("chair_kind", sa.String(20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_body"),
        sa.UniqueConstraint("name", name="uq_meeting_body_name"),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("notice", sa.String(2000), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("minutes_state", sa.String(10), nullable=False),
        sa.Column("minutes_number", sa.Integer(), nullable=False),
        sa.Column("minutes_reason", EncryptedText(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.ForeignKeyConstraint(["body_id"], ["meeting_body.id"], name="fk_meeting_body_id_meeting_body"),
    )
    op.create_index("ix_meeting_body_id", "meeting", ["body_id", "starts_at", "id"])
    op.create_index("ix_meeting_starts_at", "meeting", ["starts_at", "id"])
    op.create_index("ix_meeting_state", "meeting", ["state", "starts_at", "id"])
    op.create_index("ix_meeting_unit_id", "meeting", ["unit_id", "starts_at", "id"])
    op.create_table(
        "meeting_motion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("proposer_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("reason", EncryptedText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_motion"),
        sa.ForeignKeyConstraint(["body_id"], ["meeting_body.id"], name="fk_meeting_motion_body_id_meeting_body"),
    )
    op.create_index("ix_meeting_motion_body_id", "meeting_motion", ["body_id", "id"])
    op.create_index("ix_meeting_motion_proposer_id", "meeting_motion", ["proposer_id", "id"])
    op.create_index("ix_meeting_motion_state", "meeting_motion", ["state", "id"])
    op.create_index("ix_meeting_motion_unit_id", "meeting_motion", ["unit_id", "id"])
    op.create_table(
        "action_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action_item"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_action_item_meeting_id_meeting"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_action_item_meeting_id_number"),
    )
    op.create_index("ix_action_item_body_id", "action_item", ["body_id", "due_on", "id"])
    op.create_index("ix_action_item_due_on", "action_item", ["due_on", "id"])
    op.create_index(
        "ix_action_item_open",
        "action_item",
        ["due_on", "id"],
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_action_item_owner_id", "action_item", ["owner_id", "due_on", "id"])
    op.create_index("ix_action_item_unit_id", "action_item", ["unit_id", "due_on", "id"])
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("vote_way", sa.String(10), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(10), nullable=False),
        sa.Column("comparator", sa.String(15), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_decision"),
        sa.ForeignKeyConstraint(["body_id"], ["meeting_body.id"], name="fk_meeting_decision_body_id_meeting_body"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_decision_meeting_id_meeting"),
        sa.UniqueConstraint("number", name="uq_meeting_decision_number"),
    )
    op.create_index("ix_meeting_decision_body_id", "meeting_decision", ["body_id", "decided_on", "id"])
    op.create_index("ix_meeting_decision_decided_on", "meeting_decision", ["decided_on", "id"])
    op.create_index("ix_meeting_decision_meeting_id", "meeting_decision", ["meeting_id"])
    op.create_index("ix_meeting_decision_published", "meeting_decision", ["published", "decided_on", "id"])
    op.create_index("ix_meeting_decision_unit_id", "meeting_decision", ["unit_id", "decided_on", "id"])
    op.create_table(
        "meeting_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("document", sa.String(80), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_document"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_document_meeting_id_meeting"),
    )
    op.create_index("ix_meeting_document_meeting_id", "meeting_document", ["meeting_id"])
    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=True),
        sa.Column("presenter_id", sa.Uuid(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("postponed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_item"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_item_meeting_id_meeting"),
    )
    op.create_index("ix_meeting_item_meeting_id", "meeting_item", ["meeting_id"])
    op.create_table(
        "meeting_seat",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("attendance", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name="pk_meeting_seat"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_seat_meeting_id_meeting"),
    )
    op.create_index("ix_meeting_seat_member_id", "meeting_seat", ["member_id", "meeting_id"])
    op.create_table(
        "minutes_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_minutes_revision"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_minutes_revision_meeting_id_meeting"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_minutes_revision_meeting_id_number"),
    )
    op.create_table(
        "action_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_item_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", EncryptedText(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action_step"),
        sa.ForeignKeyConstraint(
            ["action_item_id"], ["action_item.id"], name="fk_action_step_action_item_id_action_item"
        ),
    )
    op.create_index("ix_action_step_action_item_id", "action_step", ["action_item_id"])
