"""Tables of the views. Ids, texts of activities and plan, times and figures; never a name of a person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gateway.tables import Base
from services.chassis.database.engine import UuidKey


class ActivityView(Base):
    """活动 A copy of an activity. Its facts, state and figures come from different events, each with its sequence."""

    __tablename__ = "activity_view"

    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str | None] = mapped_column(sa.String(120))
    title_en: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[str | None] = mapped_column(sa.String(40))
    summary: Mapped[str | None] = mapped_column(sa.Text)
    summary_en: Mapped[str | None] = mapped_column(sa.Text)
    place: Mapped[str | None] = mapped_column(sa.String(200))
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    sessions: Mapped[list[Any] | None]
    capacity: Mapped[int | None]
    waiting_list: Mapped[bool | None]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    cancel_until: Mapped[datetime | None]
    audience: Mapped[dict[str, Any] | None]
    fee: Mapped[Decimal | None]
    organiser_unit_id: Mapped[UUID | None]
    plan_item_id: Mapped[UUID | None]
    series_id: Mapped[UUID | None]
    scheduled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    facts_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    state: Mapped[str] = mapped_column(sa.String(12), default="scheduled")
    cancel_reason_code: Mapped[str | None] = mapped_column(sa.String(20))
    held_on: Mapped[date | None]
    attended: Mapped[int | None]
    state_version: Mapped[int] = mapped_column(default=0)
    state_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    seats_taken: Mapped[int] = mapped_column(default=0)
    seats_left: Mapped[int | None]
    waiting: Mapped[int] = mapped_column(default=0)
    figures_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class RegistrationView(Base):
    """报名 The latest state of one member's registration for one activity."""

    __tablename__ = "registration_view"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(12))
    position: Mapped[int | None]
    at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.Index("ix_registration_view_activity_id_state", "activity_id", "state"),)


class GatheringView(Base):
    """会议 A meeting or a session of the congress to which a member was called; `sequence` is that of its last event.

    `group_id`: the body that meets, or the term of the congress. `ended`: the member's seat ended since.
    """

    __tablename__ = "gathering_view"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    gathering_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    group_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    term: Mapped[int | None]
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    ended: Mapped[bool]
    at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.Index("ix_gathering_view_member_id_ends_at", "member_id", "ends_at"),)


STILL_OPEN = sa.text("NOT todo_view.done")
"""The condition of the partial indexes below, exactly as there: else SQLite does not use them."""


class TodoView(Base):
    """待办 A to-do for the holders of a role (of a unit, if one is given), for a member or an account."""

    __tablename__ = "todo_view"

    key: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(sa.String(30))
    subject_id: Mapped[UUID]
    role: Mapped[str | None] = mapped_column(sa.String(20))
    unit_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None]
    due_at: Mapped[datetime | None]
    sort_at: Mapped[datetime]
    overdue: Mapped[bool] = mapped_column(default=False)
    params: Mapped[dict[str, Any]]
    done: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = tuple(
        sa.Index(
            f"ix_todo_view_open_{name}",
            *columns,
            postgresql_where=sa.text("NOT done"),
            sqlite_where=sa.text("NOT done"),
        )
        for name, columns in (
            ("role", ("role", "unit_id", "sort_at")),
            ("member", ("member_id", "sort_at")),
            ("account", ("account_id", "sort_at")),
        )
    )


class TimelineEntry(Base):
    """动态 A message about a member or an account, or about an activity and so for all who registered."""

    __tablename__ = "timeline_entry"

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime]
    subject_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    activity_id: Mapped[UUID | None] = mapped_column(index=True)
    params: Mapped[dict[str, Any]]

    __table_args__ = (sa.Index("ix_timeline_entry_member_id_at", "member_id", "at"),)


class EntitlementView(Base):
    """福利账户 A member's open entitlement account of a year."""

    __tablename__ = "entitlement_view"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[UUID]
    opened_at: Mapped[datetime]


class ApplicationView(Base):
    """入会申请 The state of an account's application."""

    __tablename__ = "application_view"

    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    unit_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class UnitView(Base):
    """分工会 A copy of a unit; all units are cached in memory."""

    __tablename__ = "unit_view"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(20))
    parent_id: Mapped[UUID | None]
    active: Mapped[bool]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class PlanItemView(Base):
    """计划项目 An item of the published year's plan; `known_at` is the time of its last event."""

    __tablename__ = "plan_item_view"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    key: Mapped[str | None] = mapped_column(sa.String(80))
    part: Mapped[str | None] = mapped_column(sa.String(12))
    month: Mapped[int | None]
    month_to: Mapped[int | None]
    title: Mapped[str | None] = mapped_column(sa.String(200))
    title_en: Mapped[str | None] = mapped_column(sa.String(300))
    kind: Mapped[str | None] = mapped_column(sa.String(40))
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    order: Mapped[int | None]
    removed: Mapped[bool] = mapped_column(default=False)
    known_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(20))
    progress: Mapped[int]
    progressed_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_plan_item_view_year_month", "year", "month"),)


class AwardView(Base):
    """荣誉 What was awarded, without whom."""

    __tablename__ = "award_view"

    award_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(12))
    category: Mapped[str] = mapped_column(sa.String(20))
    document: Mapped[str | None] = mapped_column(sa.String(100))
    awarded_at: Mapped[datetime]
    revoked: Mapped[bool]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class SearchEntry(Base):
    """What can be found by searching: a copy of a view's row with its words in one form.

    `reader` says who may find it: "account" for all who signed in, or what `search.readers_of` gives for a role. Who
    was told of it by a notice of its kind finds it too.
    """

    __tablename__ = "search_entry"

    kind: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    title_en: Mapped[str | None] = mapped_column(sa.String(300))
    text: Mapped[str | None] = mapped_column(sa.Text)
    text_en: Mapped[str | None] = mapped_column(sa.Text)
    sort_at: Mapped[datetime]
    reader: Mapped[str] = mapped_column(sa.String(60))
    folded_title: Mapped[str] = mapped_column(sa.Text)
    folded_text: Mapped[str] = mapped_column(sa.Text)


class SearchGram(Base):
    """A pair of characters, or one, that an entry of the search is found under."""

    __tablename__ = "search_gram"

    gram: Mapped[str] = mapped_column(sa.String(2), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
