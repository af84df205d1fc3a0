"""Tables of places: what they are, when they are blocked, who booked which slot."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey

HELD = sa.text("number IS NOT NULL")
LIVE = sa.text("state IN ('booked', 'waiting')")
KNOWN = sa.text("member_id IS NOT NULL")


class Place(Base):
    """场地 What members can book. `hours`: weekday, opens and closes; `units` and `employments` as JSON, empty for all.

    `code_edition` counts the codes that were printed for it: those before are void.
    """

    __tablename__ = "place"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name_en: Mapped[str | None] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(12))
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    address: Mapped[str] = mapped_column(sa.String(120))
    slot_minutes: Mapped[int]
    capacity: Mapped[int]
    waiting_list: Mapped[bool]
    for_retained: Mapped[bool]
    closed_on_days_off: Mapped[bool]
    hours: Mapped[list[Any]] = mapped_column(sa.JSON)
    units: Mapped[list[Any]] = mapped_column(sa.JSON)
    employments: Mapped[list[Any]] = mapped_column(sa.JSON)
    offered: Mapped[bool] = mapped_column(default=True)
    photo_id: Mapped[UUID | None]
    code_edition: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (sa.Index("ix_place_kind", "kind", "name"),)


class PlaceBlock(Base):
    """场地封闭 A time in which nobody can use a place, with how many bookings it cancelled."""

    __tablename__ = "place_block"

    id: Mapped[UuidKey]
    place_id: Mapped[UUID] = mapped_column(sa.ForeignKey("place.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.String(120))
    cancels: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="times"),
        sa.Index("ix_place_block_place_id_ends_at", "place_id", "ends_at"),
    )


class PlaceBooking(Base):
    """场地预约 A member's booking of a slot.

    `number` is which of the slot's places it has; None while it waits or is cancelled. `member_id` is
    erased when the time of keeping is over; what is left are figures.
    """

    __tablename__ = "place_booking"

    id: Mapped[UuidKey]
    place_id: Mapped[UUID] = mapped_column(sa.ForeignKey("place.id"))
    member_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    booked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cause: Mapped[str | None] = mapped_column(sa.String(16))
    note: Mapped[str | None] = mapped_column(sa.String(120))
    hour_of_week: Mapped[int]
    """In China: 0 for the hour after midnight on Monday, 167 for the one before the next; for figures of use."""

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="times"),
        sa.CheckConstraint("(number IS NOT NULL) = (state IN ('booked', 'attended', 'missed'))", name="held"),
        sa.Index(
            "uq_place_booking_slot", "place_id", "starts_at", "number", unique=True, postgresql_where=HELD,
            sqlite_where=HELD,
        ),
        sa.Index(
            "uq_place_booking_live_member", "place_id", "starts_at", "member_id", unique=True, postgresql_where=LIVE,
            sqlite_where=LIVE,
        ),
        sa.Index("ix_place_booking_member_id", "member_id", "starts_at", postgresql_where=KNOWN, sqlite_where=KNOWN),
        sa.Index("ix_place_booking_starts_at", "starts_at", "id"),
        sa.Index("ix_place_booking_known", "starts_at", postgresql_where=KNOWN, sqlite_where=KNOWN),
        sa.Index("ix_place_booking_live", "starts_at", "id", postgresql_where=LIVE, sqlite_where=LIVE),
        sa.Index("ix_place_booking_place_id", "place_id", "starts_at", "id"),
        sa.Index("ix_place_booking_state", "state", "starts_at", "id"),
        sa.Index("ix_place_booking_unit_id", "unit_id", "starts_at", "id"),
    )  # fmt: skip
