"""Proposals: departments, campaigns, proposals with their people, departments, replies, ratings and stages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0018"
down_revision = "0024"


def _department() -> None:
    op.create_table(
        "department",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(300), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("name", name="uq_department_name"),
    )
    op.create_index("ix_department_leader_id", "department", ["leader_id"])


def _department_contact() -> None:
    op.create_table(
        "department_contact",
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_department_contact_department_id_department"
        ),
        sa.PrimaryKeyConstraint("department_id", "member_id", name="pk_department_contact"),
    )
    op.create_index("ix_department_contact_member_id", "department_contact", ["member_id"])


def _campaign() -> None:
    op.create_table(
        "proposal_campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("session", sa.String(40), nullable=True),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("switches", sa.JSON(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["department.id"], name="fk_proposal_campaign_inspector_id_department"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_campaign"),
    )
    op.create_index("ix_proposal_campaign_body", "proposal_campaign", ["body", "opens_on", "id"])
    op.create_index("ix_proposal_campaign_inspector_id", "proposal_campaign", ["inspector_id"])
    op.create_index("ix_proposal_campaign_opens_on", "proposal_campaign", ["opens_on", "id"])
    op.create_index("ix_proposal_campaign_unit_id", "proposal_campaign", ["unit_id", "opens_on", "id"])


def _proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(16), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("collective", sa.String(60), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("suggestion", sa.String(2000), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(12), nullable=True),
        sa.Column("why", sa.String(500), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("overdue_told", sa.Boolean(), nullable=False),
        sa.Column("key_leader_id", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.String(12), nullable=True),
        sa.Column("excellent", sa.Boolean(), nullable=False),
        sa.Column("check_asked", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("retell", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["proposal_campaign.id"], name="fk_proposal_campaign_id_proposal_campaign"
        ),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_proposal_department_id_department"),
        sa.ForeignKeyConstraint(["merged_into"], ["proposal.id"], name="fk_proposal_merged_into_proposal"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("number", name="uq_proposal_number"),
    )
    op.create_index("ix_proposal_campaign_id", "proposal", ["campaign_id", "state", "id"])
    op.create_index("ix_proposal_department_id", "proposal", ["department_id", "submitted_at", "id"])
    op.create_index(
        "ix_proposal_due_on",
        "proposal",
        ["due_on", "id"],
        postgresql_where=sa.text("due_on IS NOT NULL"),
        sqlite_where=sa.text("due_on IS NOT NULL"),
    )
    op.create_index("ix_proposal_filed_on", "proposal", ["filed_on", "id"])
    op.create_index("ix_proposal_key_leader_id", "proposal", ["key_leader_id"])
    op.create_index("ix_proposal_kind", "proposal", ["kind", "submitted_at", "id"])
    op.create_index("ix_proposal_merged_into", "proposal", ["merged_into"])
    op.create_index("ix_proposal_proposer_id", "proposal", ["proposer_id", "id"])
    op.create_index(
        "ix_proposal_retell", "proposal", ["id"], postgresql_where=sa.text("retell"), sqlite_where=sa.text("retell")
    )
    op.create_index("ix_proposal_state", "proposal", ["state", "submitted_at", "id"])
    op.create_index("ix_proposal_submitted_at", "proposal", ["submitted_at", "id"])
    op.create_index("ix_proposal_title", "proposal", ["title", "id"])
    op.create_index("ix_proposal_unit_id", "proposal", ["unit_id", "submitted_at", "id"])


def _seconding() -> None:
    op.create_table(
        "proposal_seconding",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_seconding_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "member_id", name="pk_proposal_seconding"),
    )
    op.create_index("ix_proposal_seconding_member_id", "proposal_seconding", ["member_id"])


def _assignment() -> None:
    op.create_table(
        "proposal_assignment",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("text", sa.String(2000), nullable=True),
        sa.Column("signed_round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_proposal_assignment_department_id_department"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_assignment_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "department_id", name="pk_proposal_assignment"),
    )
    op.create_index("ix_proposal_assignment_department_id", "proposal_assignment", ["department_id"])


def _reply() -> None:
    op.create_table(
        "proposal_reply",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=True),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_reply_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "round", name="pk_proposal_reply"),
    )
    op.create_index(
        "ix_proposal_reply_publish_on",
        "proposal_reply",
        ["publish_on"],
        postgresql_where=sa.text("publish_on IS NOT NULL AND published_on IS NULL"),
        sqlite_where=sa.text("publish_on IS NOT NULL AND published_on IS NULL"),
    )


def _rating() -> None:
    op.create_table(
        "proposal_rating",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("comment", sa.String(500), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_rating_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "round", "member_id", name="pk_proposal_rating"),
    )


def _milestone() -> None:
    op.create_table(
        "proposal_milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("milestone", sa.String(100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_milestone_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_milestone"),
    )
    op.create_index("ix_proposal_milestone_proposal_id", "proposal_milestone", ["proposal_id"])


def _check() -> None:
    op.create_table(
        "proposal_check",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_check_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "year", name="pk_proposal_check"),
    )


def _gram() -> None:
    op.create_table(
        "proposal_gram",
        sa.Column("gram", sa.String(4), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_gram_proposal_id_proposal"),
        sa.PrimaryKeyConstraint("gram", "proposal_id", name="pk_proposal_gram"),
    )
    op.create_index("ix_proposal_gram_proposal_id", "proposal_gram", ["proposal_id"])


def upgrade() -> None:
    _department()
    _department_contact()
    _campaign()
    _proposal()
    _seconding()
    _assignment()
    _reply()
    _rating()
    _milestone()
    _check()
    _gram()
