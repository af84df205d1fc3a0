"""Contests: settings, entries, judges, sheets, adjustments, stepping aside."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0018"
down_revision = "0017"

OF_MEMBER = sa.text("member_id IS NOT NULL")

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def _to(table: str, column: str, other: str, key: str = "id", **more: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=f"fk_{table}_{column}_{other}", **more)


def _contests() -> None:
    op.create_table(
        "contest",
        *_some(sa.Uuid(), "activity_id"),
        *_some(sa.String(12), "state"),
        *_some(sa.String(16), "scoring"),
        *_some(sa.Integer(), "scale", "version"),
        *_some(sa.JSON(), "criteria", "groups", "awards"),
        *_some(sa.Integer(), "most_age", nullable=True),
        *_some(sa.Date(), "age_on", nullable=True),
        *_some(sa.Boolean(), "live_board"),
        *_some(UtcDateTime(), "made_at"),
        *_some(UtcDateTime(), "published_at", nullable=True),
        sa.PrimaryKeyConstraint("activity_id", name="pk_contest"),
        _to("contest", "activity_id", "activity"),
    )
    op.create_index("ix_contest_made_at", "contest", ["made_at", "activity_id"])
    op.create_index("ix_contest_state", "contest", ["state", "made_at", "activity_id"])


def _entries() -> None:
    op.create_table(
        "contest_entry",
        *_some(sa.Uuid(), "id", "activity_id"),
        *_some(sa.Integer(), "number", "group_number"),
        *_some(sa.Uuid(), "member_id", "unit_id", nullable=True),
        *_some(sa.String(60), "name", nullable=True),
        *_some(sa.String(120), "subject", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(sa.Text(), "reason", nullable=True),
        *_some(UtcDateTime(), "entered_at"),
        *_some(sa.Numeric(9, 2), "raw_score", "adjusted", "score", nullable=True),
        *_some(sa.Integer(), "rank", nullable=True),
        *_some(sa.String(30), "award", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contest_entry"),
        sa.UniqueConstraint("activity_id", "number", name="uq_contest_entry_number"),
        _to("contest_entry", "activity_id", "contest", "activity_id"),
    )
    op.create_index("ix_contest_entry_group", "contest_entry", ["activity_id", "group_number", "number"])
    _of_member("contest_entry")
    op.create_table(
        "contest_adjustment",
        *_some(sa.Uuid(), "id", "entry_id"),
        *_some(sa.Numeric(9, 2), "amount"),
        *_some(sa.String(300), "reason"),
        *_some(UtcDateTime(), "made_at"),
        *_some(sa.String(64), "made_by"),
        *_some(UtcDateTime(), "taken_back_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contest_adjustment"),
        _to("contest_adjustment", "entry_id", "contest_entry"),
    )
    op.create_index("ix_contest_adjustment_entry_id", "contest_adjustment", ["entry_id", "made_at"])


def _judges() -> None:
    op.create_table(
        "contest_judge",
        *_some(sa.Uuid(), "id", "activity_id"),
        *_some(sa.Uuid(), "member_id", "unit_id", nullable=True),
        *_some(sa.Text(), "name", nullable=True),
        *_some(sa.JSON(), "groups"),
        *_some(sa.Boolean(), "head"),
        *_some(UtcDateTime(), "named_at"),
        sa.PrimaryKeyConstraint("id", name="pk_contest_judge"),
        _to("contest_judge", "activity_id", "contest", "activity_id"),
    )
    op.create_index("ix_contest_judge_activity_id", "contest_judge", ["activity_id", "id"])
    _of_member("contest_judge")
    op.create_table(
        "contest_aside",
        *_some(sa.Uuid(), "judge_id", "entry_id"),
        *_some(sa.Text(), "reason", nullable=True),
        *_some(UtcDateTime(), "said_at"),
        *_some(sa.String(64), "said_by"),
        sa.PrimaryKeyConstraint("judge_id", "entry_id", name="pk_contest_aside"),
        _to("contest_aside", "judge_id", "contest_judge", ondelete="CASCADE"),
        _to("contest_aside", "entry_id", "contest_entry"),
    )
    op.create_index("ix_contest_aside_entry_id", "contest_aside", ["entry_id"])


def _of_member(table: str) -> None:
    op.create_index(f"uq_{table}_member", table, ["activity_id", "member_id"], unique=True, **_where(OF_MEMBER))
    op.create_index(f"ix_{table}_member_id", table, ["member_id", "activity_id"], **_where(OF_MEMBER))


def _sheets() -> None:
    op.create_table(
        "contest_sheet",
        *_some(sa.Uuid(), "id", "activity_id", "entry_id", "judge_id"),
        *_some(sa.JSON(), "points"),
        *_some(sa.Text(), "comment", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(UtcDateTime(), "saved_at"),
        *_some(UtcDateTime(), "handed_in_at", nullable=True),
        *_some(sa.String(64), "written_by"),
        *_some(sa.Boolean(), "corrected"),
        sa.PrimaryKeyConstraint("id", name="pk_contest_sheet"),
        sa.UniqueConstraint("judge_id", "entry_id", name="uq_contest_sheet_judge"),
        sa.CheckConstraint("(handed_in_at IS NOT NULL) = (state = 'handed_in')", name="handed_in"),
        _to("contest_sheet", "activity_id", "contest", "activity_id"),
        _to("contest_sheet", "entry_id", "contest_entry"),
        _to("contest_sheet", "judge_id", "contest_judge"),
    )
    op.create_index("ix_contest_sheet_entry_id", "contest_sheet", ["entry_id"])
    op.create_index("ix_contest_sheet_handed_in_at", "contest_sheet", ["activity_id", "handed_in_at", "id"])


def upgrade() -> None:
    _contests()
    _entries()
    _judges()
    _sheets()
