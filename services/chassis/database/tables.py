"""Tables of messages in every service's database: outbox, sequences, inbox, reconciliation, executed commands."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import ChassisBase, Position


class OutboxEvent(ChassisBase):
    """An event stored with the change that caused it; kept after publication as the service's event log."""

    __tablename__ = "outbox"

    position: Mapped[int] = mapped_column(Position, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    type: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(sa.String(120))
    sequence: Mapped[int] = mapped_column(sa.BigInteger)
    time: Mapped[datetime]
    correlation_id: Mapped[str] = mapped_column(sa.String(64))
    causation_id: Mapped[str | None] = mapped_column(sa.String(64))
    traceparent: Mapped[str | None] = mapped_column(sa.String(64))
    data: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    settled: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index(
            "ix_outbox_unpublished",
            "position",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        ),
        sa.Index(
            "ix_outbox_unsettled",
            "position",
            postgresql_where=sa.text("NOT settled"),
            sqlite_where=sa.text("NOT settled"),
        ),
        sa.Index("ix_outbox_subject_sequence", "subject", "sequence"),
        sa.Index("ix_outbox_type_position", "type", "position"),
        sa.Index("ix_outbox_type_id", "type", "id"),
        sa.Index("ix_outbox_time", "time"),
    )


class EventSequence(ChassisBase):
    """How many events each subject has had; locking this row keeps a subject's events in order."""

    __tablename__ = "event_sequence"

    subject: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    value: Mapped[int] = mapped_column(sa.BigInteger)


class InboxEvent(ChassisBase):
    """An event that a consumer received, and the outcome. The body is kept only while it may be needed again."""

    __tablename__ = "inbox"

    consumer: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(sa.String(12))
    attempts: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.Text)
    body: Mapped[str | None] = mapped_column(sa.Text)

    __table_args__ = (
        sa.Index(
            "ix_inbox_open",
            "status",
            "next_at",
            postgresql_where=sa.text("status IN ('failed', 'dead')"),
            sqlite_where=sa.text("status IN ('failed', 'dead')"),
        ),
        sa.Index("ix_inbox_received_at", "received_at"),
    )


class Reconciliation(ChassisBase):
    """核对: how far a consumer's inbox was compared with the outbox of its source, and the result.

    All events of the source with an id up to `upto` were received; ids are ordered by time. Restoring an earlier
    backup restores its `upto`, too.
    """

    __tablename__ = "reconciliation"

    consumer: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    since: Mapped[datetime]
    """The consumer must have every event since this time."""
    upto: Mapped[UUID]
    due_at: Mapped[datetime]
    swept_at: Mapped[datetime]
    """When the last comparison of recent days, which ignores `upto`, began."""
    asked_at: Mapped[datetime | None]
    """When a run was requested that has not ended."""
    completed_at: Mapped[datetime | None]
    missing: Mapped[int] = mapped_column(default=0)
    """Events that are neither in the inbox nor available from the source."""
    unannounced: Mapped[int] = mapped_column(default=0)
    """Events it received that the source does not know."""
    resent: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Total of events that were missing and have been sent again."""
    resent_at: Mapped[datetime | None]


class ExecutedCommand(ChassisBase):
    """A command that carried an idempotency key, with its answer, so that a repeat answers the same."""

    __tablename__ = "executed_command"

    actor: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    operation: Mapped[str] = mapped_column(sa.String(100))
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    reply: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)
