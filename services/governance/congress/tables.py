"""Tables of terms: bodies, seats, elections, delegates, delegations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

_SERVING = sa.text("state = 'serving'")
_GOES_ON = sa.text("state IN ('voting', 'round_due')")


class Congress(Base):
    """届 A term of the congress; `ends_on` is its last day."""

    __tablename__ = "congress"

    id: Mapped[UuidKey]
    number: Mapped[int] = mapped_column(unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(10))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (sa.Index("ix_congress_state_number", "state", "number"),)


class CongressBody(Base):
    """会议 教代会 or 工代会 of a term. `shares` as last checked: counts only, and the rules they were held against."""

    __tablename__ = "congress_body"

    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    body: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    seats: Mapped[int]
    least: Mapped[int | None]
    shares: Mapped[list[Any]] = mapped_column(sa.JSON)
    shares_missing_rules: Mapped[list[Any]] = mapped_column(sa.JSON)
    shares_checked_at: Mapped[datetime | None]


class UnitSeats(Base):
    """名额 Seats of a unit in a body; `headcount`: the voting members they were counted by."""

    __tablename__ = "congress_seats"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"))
    body: Mapped[str] = mapped_column(sa.String(16))
    unit_id: Mapped[UUID]
    headcount: Mapped[int]
    seats: Mapped[int]

    __table_args__ = (
        sa.UniqueConstraint("congress_id", "body", "unit_id"),
        sa.CheckConstraint("seats >= 0", name="seats_not_negative"),
        sa.Index("ix_congress_seats_unit_id", "unit_id"),
    )


class CongressElection(Base):
    """选举记录 An election of delegates in a unit; `document` names the record on paper, or `ballot_id` the ballot."""

    __tablename__ = "congress_election"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    body: Mapped[str] = mapped_column(sa.String(16))
    unit_id: Mapped[UUID]
    source: Mapped[str] = mapped_column(sa.String(8))
    elected_on: Mapped[date]
    entitled: Mapped[int]
    ballots_cast: Mapped[int]
    candidates: Mapped[int]
    document: Mapped[str] = mapped_column(sa.String(120))
    ballot_id: Mapped[UUID | None]
    entered_at: Mapped[datetime]


class UnitElection(Base):
    """投票选举 An election of delegates in a unit by ballot; `ballot_id` is its latest round.

    `candidates`: member and kind of staff of each. `filled`: seats that its rounds have filled. `refused_by`: the rule
    that kept the last result from filling seats.
    """

    __tablename__ = "congress_unit_election"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"))
    body: Mapped[str] = mapped_column(sa.String(16))
    unit_id: Mapped[UUID]
    seats: Mapped[int]
    filled: Mapped[int]
    candidates: Mapped[list[Any]] = mapped_column(sa.JSON)
    ballot_id: Mapped[UUID] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(sa.String(10))
    called_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    refused_by: Mapped[str | None] = mapped_column(sa.String(60))

    __table_args__ = (
        sa.Index(
            "uq_congress_unit_election_open", "congress_id", "body", "unit_id", unique=True,
            postgresql_where=_GOES_ON, sqlite_where=_GOES_ON,
        ),
        sa.Index("ix_congress_unit_election_congress_id", "congress_id", "id"),
        sa.Index("ix_congress_unit_election_unit_id", "unit_id", "congress_id", "id"),
        sa.Index("ix_congress_unit_election_open", "id", postgresql_where=_GOES_ON, sqlite_where=_GOES_ON),
    )  # fmt: skip


class Delegate(Base):
    """代表 A seat that a member was elected to, held from `starts_on` to `last_day`, both inclusive.

    `moved_on`: since when the member is in another unit, as membership announced it.
    """

    __tablename__ = "congress_delegate"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"))
    body: Mapped[str] = mapped_column(sa.String(16))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    staff_kind: Mapped[str] = mapped_column(sa.String(10))
    election_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_election.id"), index=True)
    votes: Mapped[int]
    starts_on: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(8))
    moved_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(sa.String(8))
    end_document: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (
        sa.Index(
            "uq_congress_delegate_serving", "congress_id", "body", "member_id", unique=True,
            postgresql_where=_SERVING, sqlite_where=_SERVING,
        ),
        sa.Index("ix_congress_delegate_body", "congress_id", "body", "state", "unit_id", "id"),
        sa.Index("ix_congress_delegate_unit_id", "unit_id", "congress_id", "id"),
        sa.Index("ix_congress_delegate_member_id", "member_id", "last_day"),
    )  # fmt: skip


class CongressDelegation(Base):
    """代表团 The delegates of some units; head and deputy are members."""

    __tablename__ = "congress_delegation"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    head_id: Mapped[UUID | None]
    deputy_id: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("congress_id", "name"),)


class DelegationUnit(Base):
    """A unit whose delegates are in a delegation; in one of each congress."""

    __tablename__ = "congress_delegation_unit"

    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    delegation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_delegation.id"), index=True)
