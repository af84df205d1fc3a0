"""Mutual aid: plans, cover periods with their days, covers, claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    _plans()
    _periods()
    _covers()
    _claims()


def _plans() -> None:
    op.create_table(
        "mutual_aid_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("fee", Yuan(), nullable=False),
        sa.Column("sum_insured", Yuan(), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=False),
        sa.Column("claim_days", sa.Integer(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("ends_with_retirement", sa.Boolean(), nullable=False),
        sa.Column("ends_with_leaving", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(1000), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mutual_aid_plan"),
    )
    op.create_index("ix_mutual_aid_plan_offered_id", "mutual_aid_plan", ["offered", "id"])


def _periods() -> None:
    op.create_table(
        "mutual_aid_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("enrol_from", sa.Date(), nullable=False),
        sa.Column("enrol_until", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("amount", Yuan(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mutual_aid_period"),
        sa.UniqueConstraint("id", "plan_id", name="uq_mutual_aid_period_id_plan_id"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["mutual_aid_plan.id"], name="fk_mutual_aid_period_plan_id_mutual_aid_plan"
        ),
    )
    op.create_index("ix_mutual_aid_period_plan_id_starts_on", "mutual_aid_period", ["plan_id", "starts_on", "id"])
    op.create_index("ix_mutual_aid_period_state_starts_on", "mutual_aid_period", ["state", "starts_on", "id"])
    op.create_index("ix_mutual_aid_period_starts_on", "mutual_aid_period", ["starts_on", "id"])
    op.create_table(
        "mutual_aid_day",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "day", name="pk_mutual_aid_day"),
        sa.ForeignKeyConstraint(
            ["period_id", "plan_id"],
            ["mutual_aid_period.id", "mutual_aid_period.plan_id"],
            name="fk_mutual_aid_day_period_id_plan_id_mutual_aid_period",
        ),
    )
    op.create_index("ix_mutual_aid_day_period_id", "mutual_aid_day", ["period_id"])


def _covers() -> None:
    op.create_table(
        "mutual_aid_cover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("end_reason", sa.String(10), nullable=True),
        sa.Column("end_sequence", sa.BigInteger(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("enrolled_at", UtcDateTime(), nullable=False),
        sa.Column("fee_paid_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mutual_aid_cover"),
        sa.UniqueConstraint("period_id", "member_id", name="uq_mutual_aid_cover_period_id_member_id"),
        sa.ForeignKeyConstraint(
            ["period_id", "plan_id"],
            ["mutual_aid_period.id", "mutual_aid_period.plan_id"],
            name="fk_mutual_aid_cover_period_id_plan_id_mutual_aid_period",
        ),
    )
    for name, columns in (
        ("member_id_starts_on", ["member_id", "starts_on", "id"]),
        ("period_id_unit_id", ["period_id", "unit_id", "id"]),
        ("period_id_state", ["period_id", "state", "id"]),
    ):
        op.create_index(f"ix_mutual_aid_cover_{name}", "mutual_aid_cover", columns)


def _claims() -> None:
    op.create_table(
        "mutual_aid_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("asked", Yuan(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("forwarded_at", UtcDateTime(), nullable=True),
        sa.Column("sent_on_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("paid", Yuan(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("overdue_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mutual_aid_claim"),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["mutual_aid_cover.id"], name="fk_mutual_aid_claim_cover_id_mutual_aid_cover"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["mutual_aid_plan.id"], name="fk_mutual_aid_claim_plan_id_mutual_aid_plan"
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["mutual_aid_period.id"], name="fk_mutual_aid_claim_period_id_mutual_aid_period"
        ),
    )
    for name, columns in (
        ("member_id_submitted_at", ["member_id", "submitted_at", "id"]),
        ("unit_id_due_on", ["unit_id", "due_on", "id"]),
        ("state_due_on", ["state", "due_on", "id"]),
        ("due_on", ["due_on", "id"]),
        ("submitted_at", ["submitted_at", "id"]),
        ("period_id", ["period_id"]),
        ("cover_id", ["cover_id"]),
    ):
        op.create_index(f"ix_mutual_aid_claim_{name}", "mutual_aid_claim", columns)
    stands, untold = sa.text("state <> 'withdrawn'"), sa.text("state IN ('submitted', 'forwarded')")
    op.create_index(
        "uq_mutual_aid_claim_event",
        "mutual_aid_claim",
        ["plan_id", "member_id", "event_on"],
        unique=True,
        postgresql_where=stands,
        sqlite_where=stands,
    )
    op.create_index(
        "ix_mutual_aid_claim_remind_on",
        "mutual_aid_claim",
        ["remind_on", "id"],
        postgresql_where=untold,
        sqlite_where=untold,
    )
