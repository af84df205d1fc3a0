"""Check-in: its setting, helpers, and who attended."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0025"
down_revision = "0024"

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _of_activity(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=f"fk_{table}_activity_id_activity")


def _setting() -> None:
    op.create_table(
        "check_in_setting",
        *_some(sa.Uuid(), "activity_id"),
        *_some(sa.Integer(), "opens_minutes", "closes_minutes"),
        *_some(sa.String(8), "walk_ins"),
        *_some(sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite"), "cost", nullable=True),
        *_some(UtcDateTime(), "closed_at", nullable=True),
        *_some(sa.String(64), "closed_by", nullable=True),
        sa.PrimaryKeyConstraint("activity_id", name="pk_check_in_setting"),
        _of_activity("check_in_setting"),
    )
    op.create_table(
        "desk_helper",
        *_some(sa.Uuid(), "activity_id", "member_id"),
        *_some(UtcDateTime(), "named_at"),
        *_some(sa.String(64), "named_by"),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_desk_helper"),
        _of_activity("desk_helper"),
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        *_some(sa.Uuid(), "id", "activity_id", "member_id"),
        *_some(sa.Uuid(), "unit_id", "registration_id", "scan", "by_member", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(sa.Integer(), "expected_companions", "companions"),
        *_some(sa.Boolean(), "walk_in"),
        *_some(sa.String(10), "flag", nullable=True),
        *_some(sa.String(8), "method", nullable=True),
        *_some(UtcDateTime(), "arrived_at", "undone_at", nullable=True),
        *_some(UtcDateTime(), "recorded_at"),
        *_some(sa.String(40), "desk", nullable=True),
        *_some(sa.String(64), "recorded_by"),
        *_some(sa.Text(), "note", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        _of_activity("attendance"),
        sa.CheckConstraint("(state = 'present') = (arrived_at IS NOT NULL)", name="arrived"),
    )
    op.create_index("uq_attendance_activity_id_member_id", "attendance", ["activity_id", "member_id"], unique=True)
    op.create_index("ix_attendance_member_id", "attendance", ["member_id", "id"])


def upgrade() -> None:
    _setting()
    _attendance()
    op.add_column("activity", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.false()))
