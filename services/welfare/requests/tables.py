"""Tables of requests: types, requests, what was done, documents; slots, appointments and counts of counselling.

What is said in words is encrypted. Of counselling nothing but `CounsellingCount` outlives the appointment.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

IS_OPEN = sa.text("due_on IS NOT NULL")
HAS_WORDS = sa.text("forget_on IS NOT NULL")


class RequestType(Base):
    """诉求类型 What members can ask for. `steps`: name and days; `documents`: name and whether it is required."""

    __tablename__ = "request_type"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    counted_only: Mapped[bool]
    accept_days: Mapped[int]
    steps: Mapped[list[Any]] = mapped_column(sa.JSON)
    documents: Mapped[list[Any]] = mapped_column(sa.JSON)
    handler_id: Mapped[UUID | None]
    keep_months: Mapped[int]
    offered: Mapped[bool] = mapped_column(default=True)


class MemberRequest(Base):
    """诉求 A member's request; its steps, documents and time of keeping are those of its type when it was submitted.

    `step` counts from 1 once it is accepted. `due_on` is set while it is open, `forget_on` from its end until its
    words and files are erased.
    """

    __tablename__ = "member_request"

    id: Mapped[UuidKey]
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    type_id: Mapped[UUID] = mapped_column(sa.ForeignKey("request_type.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    handler_id: Mapped[UUID | None]
    text: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(sa.String(10))
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[list[Any]] = mapped_column(sa.JSON)
    documents: Mapped[list[Any]] = mapped_column(sa.JSON)
    keep_months: Mapped[int]
    submitted_at: Mapped[datetime]
    due_on: Mapped[date | None]
    overdue_told: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    forget_on: Mapped[date | None]

    __table_args__ = (
        sa.Index("ix_member_request_member_id", "member_id", "id"),
        sa.Index("ix_member_request_type_id", "type_id", "id"),
        sa.Index("ix_member_request_state", "state", "id"),
        sa.Index("ix_member_request_unit_id", "unit_id", "id"),
        sa.Index("ix_member_request_handler_id", "handler_id", "id"),
        sa.Index("ix_member_request_due_on", "due_on", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        sa.Index("ix_member_request_forget_on", "forget_on", postgresql_where=HAS_WORDS, sqlite_where=HAS_WORDS),
    )


class RequestEntry(Base):
    """办理记录 What was done with a request, by whom, and what the applicant was told."""

    __tablename__ = "request_entry"

    id: Mapped[UuidKey]
    request_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member_request.id"), index=True)
    action: Mapped[str] = mapped_column(sa.String(10))
    step_name: Mapped[str | None] = mapped_column(sa.String(60))
    note: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]
    by: Mapped[UUID | None]


class RequestDocument(Base):
    """诉求材料 A document of a request; the file is a `StoredFile` of it."""

    __tablename__ = "request_document"

    id: Mapped[UuidKey]
    request_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member_request.id"), index=True)
    document: Mapped[str] = mapped_column(sa.String(60))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class CounsellingSlot(Base):
    """咨询时段 When and where counselling is given; deleted when it is over."""

    __tablename__ = "counselling_slot"

    id: Mapped[UuidKey]
    type_id: Mapped[UUID] = mapped_column(sa.ForeignKey("request_type.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(sa.String(100))
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name="capacity_covers_taken"),
        sa.Index("ix_counselling_slot_type_id_starts_at", "type_id", "starts_at", "id"),
    )


class Appointment(Base):
    """咨询预约 Who comes to a slot; deleted when it is over or cancelled; its id is random."""

    __tablename__ = "counselling_appointment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slot_id: Mapped[UUID] = mapped_column(sa.ForeignKey("counselling_slot.id"))
    type_id: Mapped[UUID]
    member_id: Mapped[UUID]

    __table_args__ = (
        sa.UniqueConstraint("slot_id", "member_id"),
        sa.UniqueConstraint("member_id", "type_id"),
    )


class CounsellingCount(Base):
    """咨询人次 How many came to counselling of a type in a month, as `2026-03`."""

    __tablename__ = "counselling_count"

    type_id: Mapped[UUID] = mapped_column(sa.ForeignKey("request_type.id"), primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    count: Mapped[int]
