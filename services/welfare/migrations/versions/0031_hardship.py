"""The registry of members in hardship, applications for aid and their papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    _registry()
    _applications()


def _registry() -> None:
    op.create_table(
        "hardship_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=False),
        sa.Column("told_due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hardship_record"),
    )
    op.create_index("ix_hardship_record_member_id", "hardship_record", ["member_id"])
    op.create_index("ix_hardship_record_review_due", "hardship_record", ["review_due", "id"])
    op.create_index("ix_hardship_record_since", "hardship_record", ["since", "id"])
    op.create_index("ix_hardship_record_state", "hardship_record", ["state", "review_due", "id"])
    op.create_index("ix_hardship_record_unit_id", "hardship_record", ["unit_id", "review_due", "id"])
    where = sa.text("state = 'open'")
    op.create_index(
        "uq_hardship_record_member_id_open",
        "hardship_record",
        ["member_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )
    op.create_table(
        "hardship_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hardship_review"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["hardship_record.id"], name="fk_hardship_review_record_id_hardship_record"
        ),
    )
    op.create_index("ix_hardship_review_record_id", "hardship_review", ["record_id"])


def _applications() -> None:
    op.create_table(
        "aid_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked", Yuan(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("forwarded_at", UtcDateTime(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted", Yuan(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("paid", Yuan(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("claim_state", sa.String(10), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("refused_rule", sa.String(120), nullable=True),
        sa.Column("refused_code", sa.String(40), nullable=True),
        sa.Column("end_cause", sa.String(16), nullable=True),
        sa.Column("for_family", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_aid_application"),
    )
    op.create_index("ix_aid_application_claim_state", "aid_application", ["claim_state", "id"])
    op.create_index("ix_aid_application_decided_on", "aid_application", ["decided_on"])
    op.create_index("ix_aid_application_member_id", "aid_application", ["member_id", "id"])
    op.create_index("ix_aid_application_state", "aid_application", ["state", "id"])
    op.create_index("ix_aid_application_unit_id", "aid_application", ["unit_id", "id"])
    where = sa.text("state IN ('draft', 'submitted', 'unit_forwarded', 'under_review')")
    op.create_index(
        "uq_aid_application_member_id_under_way",
        "aid_application",
        ["member_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )
    op.create_table(
        "aid_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_aid_paper"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["aid_application.id"], name="fk_aid_paper_application_id_aid_application"
        ),
    )
    op.create_index("ix_aid_paper_application_id", "aid_paper", ["application_id"])
