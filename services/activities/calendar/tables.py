"""The table of activities. Registrations change its seat counters, under the row's lock."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.audiences import AudienceColumn
from services.activities.base import Base
from services.chassis.database.engine import UuidKey

TO_OPEN = sa.text("opened_at IS NULL AND state = 'scheduled'")


class SessionsColumn(sa.types.TypeDecorator[list[dict[str, Any]]]):
    """Sessions in order, as JSON."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: list[dict[str, Any]] | None, dialect: sa.Dialect) -> list[Any] | None:
        if value is None:
            return None
        return [
            {**session, "starts_at": session["starts_at"].isoformat(), "ends_at": session["ends_at"].isoformat()}
            for session in value
        ]

    def process_result_value(self, value: list[Any] | None, dialect: sa.Dialect) -> list[dict[str, Any]] | None:
        if value is None:
            return None
        read = datetime.fromisoformat
        return [
            {**session, "starts_at": read(session["starts_at"]), "ends_at": read(session["ends_at"])}
            for session in value
        ]


class UnitHeir(Base):
    """接续单位 The unit that a unit's members moved to when it was merged or split; `closed` when it was closed."""

    __tablename__ = "unit_heir"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    heir_id: Mapped[UUID] = mapped_column(primary_key=True)
    closed: Mapped[bool]
    happened_at: Mapped[datetime]


class Activity(Base):
    """活动 An activity. `waiting` and `seats_taken` count its registrations; tickets number them."""

    __tablename__ = "activity"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(120))
    title_en: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(24))
    summary: Mapped[str | None] = mapped_column(sa.Text)
    summary_en: Mapped[str | None] = mapped_column(sa.Text)
    place: Mapped[str | None] = mapped_column(sa.String(200))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    sessions: Mapped[list[dict[str, Any]]] = mapped_column(SessionsColumn, default=list)
    capacity: Mapped[int | None]
    waiting_list: Mapped[bool]
    has_form: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether it ever had options or companions; without, one registration takes one seat and nothing else."""
    has_questions: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether it ever had questions; without, nothing of them is read."""
    most_companions: Mapped[int] = mapped_column(default=0, server_default="0")
    moderated: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether the organiser approves each registration; one that is asked for takes no seat before."""
    hand_over: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether members may hand their seats to colleagues."""
    hold_minutes: Mapped[int | None]
    """For how long a seat is held while a member fills in the form; None where none is."""
    offer_hours: Mapped[int | None]
    """For how long a free seat is offered to the next who waits; None where it is theirs at once."""
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    cancel_until: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    """When it was told that registration has opened."""
    audience: Mapped[dict[str, Any]] = mapped_column(AudienceColumn)
    named_units: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The units that the organiser named, because `audience` also has their successors; None for all in it."""
    named_at: Mapped[datetime | None]
    fee: Mapped[Decimal]
    organiser_unit_id: Mapped[UUID | None]
    plan_item_id: Mapped[UUID | None]
    series_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    seats_taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    pending: Mapped[int] = mapped_column(default=0, server_default="0")
    """Registrations that wait for approval."""
    last_ticket: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.String(64))
    scheduled_at: Mapped[datetime | None]
    cancel_reason_code: Mapped[str | None] = mapped_column(sa.String(12))
    cancel_note: Mapped[str | None] = mapped_column(sa.String(300))
    held_on: Mapped[date | None]
    attended: Mapped[int | None]
    counted: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether `attended` was counted by the closed list of who attended (`check_in`)."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("seats_taken >= 0 AND waiting >= 0", name="counts"),
        sa.CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="no_oversell"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
        sa.Index("ix_activity_starts_at", "starts_at", "id"),
        sa.Index("ix_activity_state_starts_at", "state", "starts_at"),
        sa.Index("ix_activity_to_open", "registration_opens_at", postgresql_where=TO_OPEN, sqlite_where=TO_OPEN),
        sa.Index("ix_activity_plan_item_id", "plan_item_id"),
        sa.Index("ix_activity_series_id", "series_id"),
    )

    @property
    def seats_left(self) -> int | None:
        """Free seats, None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)
