"""Care campaigns, their lists and evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    _campaigns()
    _lists()


def _campaigns() -> None:
    op.create_table(
        "care_campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("evidence_needed", sa.String(12), nullable=True),
        sa.Column("plan_item_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("line_code", sa.String(60), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("claim_state", sa.String(10), nullable=False),
        sa.Column("refused_rule", sa.String(120), nullable=True),
        sa.Column("refused_code", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_care_campaign"),
    )
    op.create_index("ix_care_campaign_kind", "care_campaign", ["kind", "id"])
    op.create_index("ix_care_campaign_state", "care_campaign", ["state", "id"])


def _lists() -> None:
    op.create_table(
        "care_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("value", Yuan(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("missed_cause", sa.String(16), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_care_item"),
        sa.ForeignKeyConstraint(["campaign_id"], ["care_campaign.id"], name="fk_care_item_campaign_id_care_campaign"),
        sa.UniqueConstraint("campaign_id", "member_id", name="uq_care_item_campaign_id_member_id"),
    )
    op.create_index("ix_care_item_campaign_id_state", "care_item", ["campaign_id", "state", "id"])
    op.create_index("ix_care_item_member_id", "care_item", ["member_id", "id"])
    op.create_index("ix_care_item_unit_id", "care_item", ["unit_id", "id"])
    op.create_index("ix_care_item_visitor_id", "care_item", ["visitor_id", "id"])
    op.create_table(
        "care_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("people_shown", sa.String(8), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_care_evidence"),
        sa.ForeignKeyConstraint(["item_id"], ["care_item.id"], name="fk_care_evidence_item_id_care_item"),
    )
    op.create_index("ix_care_evidence_item_id", "care_evidence", ["item_id"])
