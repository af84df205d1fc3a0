"""Tables of HR synchronisation: the latest record of each person, deliveries, the cursor of the last fetch."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base

_OPEN = sa.text("state = 'open'")


class HrRecord(Base):
    """人事记录 What HR said last of one person, encrypted; erased once it agrees with the membership or is settled."""

    __tablename__ = "hr_record"
    __table_args__ = (
        sa.Index("ix_hr_record_state_received_at_id", "state", "received_at", "id"),
        sa.Index("ix_hr_record_received_at_id", "received_at", "id"),
        sa.Index("ix_hr_record_open_kind", "kind", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[UuidKey]
    hr_id: Mapped[str] = mapped_column(sa.String(30), unique=True)
    sequence: Mapped[int] = mapped_column(sa.BigInteger)
    content: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(sa.String(10))
    kind: Mapped[str | None] = mapped_column(sa.String(12))
    fields_changed: Mapped[list[Any]]
    member_id: Mapped[UUID | None] = mapped_column(index=True)
    member_version: Mapped[int | None]
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(sa.String(64))
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    problem: Mapped[str | None] = mapped_column(sa.String(80))
    version: Mapped[int] = mapped_column(default=1)


class HrRound(Base):
    """人事推送 One delivery, pushed by HR or fetched from it."""

    __tablename__ = "hr_round"

    id: Mapped[UuidKey]
    source: Mapped[str] = mapped_column(sa.String(4))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column("received_by", sa.String(64))
    received: Mapped[int]
    new: Mapped[int] = mapped_column("brand_new")
    repeated: Mapped[int]
    older: Mapped[int]
    differing: Mapped[int]


class HrCursor(Base):
    """How far HR's own API has been read."""

    __tablename__ = "hr_cursor"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    value: Mapped[str | None] = mapped_column(sa.String(500))
    read_at: Mapped[datetime | None]
