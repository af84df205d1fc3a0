"""Activities, registrations, the members' copy and invitations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

LIVE = sa.text("state <> 'cancelled'")
AWAITING = sa.text("awaits_ceremony")


def upgrade() -> None:
    chassis_tables()
    _activity()
    _registration()
    _participant()
    _invitation()


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _yuan() -> sa.types.TypeEngine[object]:
    return sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite")


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("title_en", sa.String(200), nullable=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("place", sa.String(200), nullable=True),
        _moment("starts_at"),
        _moment("ends_at"),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("waiting_list", sa.Boolean(), nullable=False),
        _moment("registration_opens_at"),
        _moment("registration_closes_at"),
        _moment("cancel_until"),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("fee", _yuan(), nullable=False),
        sa.Column("organiser_unit_id", sa.Uuid(), nullable=True),
        sa.Column("plan_item_id", sa.Uuid(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("last_ticket", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.Column("created_by", sa.String(64), nullable=False),
        _moment("scheduled_at", nullable=True),
        sa.Column("cancel_reason_code", sa.String(12), nullable=True),
        sa.Column("cancel_note", sa.String(300), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sa.CheckConstraint("seats_taken >= 0 AND waiting >= 0", name=op.f("ck_activity_counts")),
        sa.CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name=op.f("ck_activity_no_oversell")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_activity_times")),
    )
    op.create_index("ix_activity_starts_at", "activity", ["starts_at", "id"])
    op.create_index("ix_activity_state_starts_at", "activity", ["state", "starts_at"])
    op.create_index("ix_activity_plan_item_id", "activity", ["plan_item_id"])
    op.create_index("ix_activity_series_id", "activity", ["series_id"])


def _registration() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        _moment("registered_at"),
        sa.Column("registered_by", sa.String(64), nullable=True),
        _moment("confirmed_at", nullable=True),
        _moment("cancelled_at", nullable=True),
        sa.Column("cancel_cause", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_registration_activity_id_activity"),
    )
    op.create_index("uq_registration_activity_id_ticket", "registration", ["activity_id", "ticket"], unique=True)
    op.create_index(
        "uq_registration_live_member",
        "registration",
        ["activity_id", "member_id"],
        unique=True,
        postgresql_where=LIVE,
        sqlite_where=LIVE,
    )
    op.create_index("ix_registration_member_id", "registration", ["member_id", "id"])


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("unit_sequence", sa.BigInteger(), nullable=False),
        sa.Column("employment", sa.String(24), nullable=True),
        sa.Column("standing", sa.String(24), nullable=False),
        sa.Column("standing_sequence", sa.BigInteger(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("awaits_ceremony", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_participant"),
    )
    op.create_index(
        "ix_participant_awaits_ceremony",
        "participant",
        ["member_id"],
        postgresql_where=AWAITING,
        sqlite_where=AWAITING,
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        _moment("invited_at"),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_invitation"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_invitation_activity_id_activity"),
    )
    op.create_index("ix_invitation_member_id", "invitation", ["member_id", "activity_id"])
