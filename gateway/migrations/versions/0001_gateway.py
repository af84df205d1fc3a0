"""Accounts and sessions, copies of members and posts, the views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

_YUAN = sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    chassis_tables()
    _identity()
    _copies()
    _activities()
    _todos()
    _timeline()
    _memberships()
    _plan()


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _sequence(name: str = "sequence") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _flag(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _identity() -> None:
    op.create_table(
        "account",
        _id("id"),
        _text("username", 64),
        _text("password_hash", 200),
        _id("member_id", nullable=True),
        _text("language", 5, nullable=True),
        _moment("created_at"),
        _moment("password_changed_at"),
        _moment("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
        sa.UniqueConstraint("member_id"),
    )
    op.create_table(
        "session",
        _id("id"),
        _text("token_hash", 64),
        _id("account_id"),
        _text("kind", 10),
        _text("agent", 120, nullable=True),
        _moment("created_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "failed_sign_in",
        _text("key", 64),
        _number("failures"),
        _moment("first_at"),
        _moment("blocked_until", nullable=True),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_failed_sign_in_updated_at", "failed_sign_in", ["updated_at"])


def _copies() -> None:
    op.create_table(
        "held_post",
        _id("post_id"),
        _id("member_id"),
        _id("unit_id"),
        _text("role", 20),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _sequence(),
        sa.PrimaryKeyConstraint("post_id"),
    )
    op.create_index("ix_held_post_member_id", "held_post", ["member_id"])
    op.create_table(
        "known_member",
        _id("member_id"),
        _id("unit_id", nullable=True),
        _text("standing", 20),
        _text("number", 32, nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        _moment("joined_at", nullable=True),
        _sequence(),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_table(
        "unit_view",
        _id("unit_id"),
        _text("code", 40),
        _text("name", 100),
        _text("name_en", 200, nullable=True),
        _text("kind", 20),
        _id("parent_id", nullable=True),
        _flag("active"),
        _sequence(),
        sa.PrimaryKeyConstraint("unit_id"),
    )


def _activities() -> None:
    op.create_table(
        "activity_view",
        _id("activity_id"),
        _text("title", 120, nullable=True),
        _text("title_en", 200, nullable=True),
        _text("kind", 40, nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        _text("place", 200, nullable=True),
        _moment("starts_at", nullable=True),
        _moment("ends_at", nullable=True),
        sa.Column("sessions", sa.JSON(), nullable=True),
        _number("capacity", nullable=True),
        _flag("waiting_list", nullable=True),
        _moment("registration_opens_at", nullable=True),
        _moment("registration_closes_at", nullable=True),
        _moment("cancel_until", nullable=True),
        sa.Column("audience", sa.JSON(), nullable=True),
        sa.Column("fee", _YUAN, nullable=True),
        _id("organiser_unit_id", nullable=True),
        _id("plan_item_id", nullable=True),
        _id("series_id", nullable=True),
        _moment("scheduled_at", nullable=True),
        _number("version"),
        _sequence("facts_sequence"),
        _text("state", 12),
        _text("cancel_reason_code", 20, nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        _number("attended", nullable=True),
        _number("state_version"),
        _sequence("state_sequence"),
        _number("seats_taken"),
        _number("seats_left", nullable=True),
        _number("waiting"),
        _sequence("figures_sequence"),
        sa.PrimaryKeyConstraint("activity_id"),
    )
    op.create_index("ix_activity_view_starts_at", "activity_view", ["starts_at"])
    op.create_index("ix_activity_view_ends_at", "activity_view", ["ends_at"])
    op.create_table(
        "registration_view",
        _id("member_id"),
        _id("activity_id"),
        _id("registration_id"),
        _text("state", 12),
        _number("position", nullable=True),
        _moment("at"),
        _sequence(),
        sa.PrimaryKeyConstraint("member_id", "activity_id"),
    )
    op.create_index("ix_registration_view_activity_id_state", "registration_view", ["activity_id", "state"])


def _todos() -> None:
    op.create_table(
        "todo_view",
        _text("key", 120),
        _id("id"),
        _text("kind", 30),
        _id("subject_id"),
        _text("role", 20, nullable=True),
        _id("unit_id", nullable=True),
        _id("member_id", nullable=True),
        _id("account_id", nullable=True),
        _moment("due_at", nullable=True),
        _moment("sort_at"),
        _flag("overdue"),
        sa.Column("params", sa.JSON(), nullable=False),
        _flag("done"),
        _sequence(),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    still_open = sa.text("NOT done")
    for name, columns in (
        ("role", ["role", "unit_id", "sort_at"]),
        ("member", ["member_id", "sort_at"]),
        ("account", ["account_id", "sort_at"]),
    ):
        op.create_index(
            f"ix_todo_view_open_{name}", "todo_view", columns, postgresql_where=still_open, sqlite_where=still_open
        )


def _timeline() -> None:
    op.create_table(
        "timeline_entry",
        _id("id"),
        _text("kind", 40),
        _moment("at"),
        _id("subject_id"),
        _id("member_id", nullable=True),
        _id("account_id", nullable=True),
        _id("activity_id", nullable=True),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_timeline_entry_account_id", "timeline_entry", ["account_id"])
    op.create_index("ix_timeline_entry_activity_id", "timeline_entry", ["activity_id"])
    op.create_index("ix_timeline_entry_member_id_at", "timeline_entry", ["member_id", "at"])


def _memberships() -> None:
    op.create_table(
        "entitlement_view",
        _id("member_id"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        _id("account_id"),
        _moment("opened_at"),
        sa.PrimaryKeyConstraint("member_id", "year"),
    )
    op.create_table(
        "application_view",
        _id("application_id"),
        _id("account_id", nullable=True),
        _id("unit_id"),
        _text("state", 20),
        _moment("at"),
        _sequence(),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index("ix_application_view_account_id", "application_view", ["account_id"])


def _plan() -> None:
    op.create_table(
        "plan_item_view",
        _id("item_id"),
        _number("year"),
        _text("key", 80, nullable=True),
        _text("part", 12, nullable=True),
        _number("month", nullable=True),
        _number("month_to", nullable=True),
        _text("title", 200, nullable=True),
        _text("title_en", 300, nullable=True),
        _text("kind", 40, nullable=True),
        _text("measure", 20, nullable=True),
        _number("order", nullable=True),
        _flag("removed"),
        _moment("known_at"),
        _text("state", 20),
        _number("progress"),
        _moment("progressed_at"),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_index("ix_plan_item_view_year_month", "plan_item_view", ["year", "month"])
