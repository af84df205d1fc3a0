"""Notices with their delivery, preferences, stops, robots and announcements; messages so far become read notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime
from services.chassis.identifiers import uuid7

revision = "0012"
down_revision = "0011"

_AT_ONCE = 500
_NOTICE = sa.table(
    "notice", sa.column("id", sa.Uuid()), sa.column("recipient_id", sa.Uuid()), sa.column("kind", sa.String()),
    sa.column("event_id", sa.Uuid()), sa.column("subject_id", sa.Uuid()), sa.column("at", UtcDateTime()),
    sa.column("params", sa.JSON()), sa.column("read_at", UtcDateTime()),
)  # fmt: skip
_ENTRY = sa.table(
    "timeline_entry", sa.column("id", sa.Uuid()), sa.column("kind", sa.String()), sa.column("at", UtcDateTime()),
    sa.column("subject_id", sa.Uuid()), sa.column("member_id", sa.Uuid()), sa.column("account_id", sa.Uuid()),
    sa.column("activity_id", sa.Uuid()), sa.column("params", sa.JSON()),
)  # fmt: skip
_REGISTRATION = sa.table(
    "registration_view", sa.column("member_id", sa.Uuid()), sa.column("activity_id", sa.Uuid()),
    sa.column("state", sa.String()),
)  # fmt: skip


def upgrade() -> None:
    _create_notice()
    _create_delivery()
    _create_choices()
    _create_announcement()
    _adopt_messages()


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("read_at", UtcDateTime()),
        sa.UniqueConstraint("recipient_id", "kind", "event_id", name="uq_notice_recipient_id_kind_event_id"),
    )
    op.create_index("ix_notice_recipient_id_at", "notice", ["recipient_id", "at", "id"])
    _partial("ix_notice_unread", "notice", ["recipient_id"], "read_at IS NULL")


def _create_delivery() -> None:
    op.create_table(
        "notice_delivery",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("notice_id", sa.Uuid(), sa.ForeignKey("notice.id", ondelete="CASCADE"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(80)),
        sa.Column("reason", sa.String(40)),
        sa.Column("answer", sa.String(20)),
        sa.Column("sent_at", UtcDateTime()),
        sa.UniqueConstraint("notice_id", "channel", name="uq_notice_delivery_notice_id_channel"),
    )
    for name in ("notice_id", "recipient_id"):
        op.create_index(f"ix_notice_delivery_{name}", "notice_delivery", [name])
    for one, two in (
        ("state", "next_at"), ("state", "id"), ("channel", "id"), ("kind", "id"), ("event_id", "state"),
    ):  # fmt: skip
        op.create_index(f"ix_notice_delivery_{one}_{two}", "notice_delivery", [one, two])


def _create_choices() -> None:
    op.create_table(
        "notice_preference",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(12), primary_key=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "notice_settings",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.Text()),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.Column("new_email", sa.Text()),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("code_expires_at", UtcDateTime()),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_to", sa.Integer()),
        sa.Column("digest_hour", sa.Integer()),
        sa.Column("stopped_at", UtcDateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "notice_stop",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("kind", sa.String(40)),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("ended_by", sa.String(64)),
    )
    for name in ("member_id", "kind"):
        _partial(f"uq_notice_stop_{name}", "notice_stop", [name], "ended_at IS NULL", unique=True)
    op.create_table(
        "notice_robot",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("service", sa.String(12), nullable=False),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
    )


def _create_announcement() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("title_en", sa.String(200)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text()),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("send_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("cursor", sa.Uuid()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime()),
        sa.Column("taken_back_at", UtcDateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_announcement_state_send_at", "announcement", ["state", "send_at"])


def _adopt_messages() -> None:
    """Copy the messages so far, as read: the inbox shows what the timeline showed before."""
    connection = op.get_bind()
    registered = _REGISTRATION.c.activity_id == _ENTRY.c.activity_id, _REGISTRATION.c.state != "cancelled"
    found = (
        sa.select(_ENTRY, _REGISTRATION.c.member_id.label("registered"))
        .outerjoin_from(_ENTRY, _REGISTRATION, sa.and_(*registered))
        .order_by(_ENTRY.c.at)
    )
    for rows in _in_parts(connection, found):
        connection.execute(sa.insert(_NOTICE), rows)


def _in_parts(connection: Any, found: Any) -> Iterator[list[dict[str, Any]]]:
    result = connection.execute(found, execution_options={"yield_per": _AT_ONCE})
    for part in result.partitions(_AT_ONCE):
        rows = [_adopted(row) for row in part]
        if rows := [row for row in rows if row["recipient_id"] is not None]:
            yield rows


def _adopted(row: Any) -> dict[str, Any]:
    recipient = row.member_id or row.account_id or row.registered
    return {
        "id": uuid7(), "recipient_id": recipient, "kind": row.kind, "event_id": row.id, "subject_id": row.subject_id,
        "at": row.at, "params": row.params, "read_at": row.at,
    }  # fmt: skip


def _partial(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, postgresql_where=where, sqlite_where=where)
