"""Tables of clubs: the register, memberships, offices, grants, activities, reviews."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey

LIVE = sa.text("state IN ('applied', 'member')")
STANDING = sa.text("ended IS NULL")
PRESIDENT = sa.text("post = 'president' AND ended IS NULL")
KNOWN = sa.text("member_id IS NOT NULL")
EXISTING = sa.text("state IN ('applied', 'founded', 'suspended')")


class Club(Base):
    """协会 A club. `units` and `employments` as JSON, empty for all; `members` and `waiting` count its memberships.

    `note`: why it is in its state, in the words of who decided.
    """

    __tablename__ = "club"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    name_en: Mapped[str | None] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(12))
    aim: Mapped[str] = mapped_column(sa.String(600))
    about: Mapped[str | None] = mapped_column(sa.String(2000))
    joining: Mapped[str] = mapped_column(sa.String(10))
    for_retained: Mapped[bool]
    most_members: Mapped[int | None]
    units: Mapped[list[Any]] = mapped_column(sa.JSON)
    employments: Mapped[list[Any]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.String(300))
    charter_id: Mapped[UUID | None]
    applicant_id: Mapped[UUID | None]
    applied_at: Mapped[datetime]
    founded_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    members: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("members >= 0 AND waiting >= 0", name="counts"),
        sa.Index("uq_club_name_existing", "name", unique=True, postgresql_where=EXISTING, sqlite_where=EXISTING),
        sa.Index("ix_club_name", "name", "id"),
        sa.Index("ix_club_members", "members", "id"),
        sa.Index("ix_club_state", "state", "name", "id"),
        sa.Index("ix_club_kind", "kind", "name", "id"),
        sa.Index("ix_club_applicant_id", "applicant_id", postgresql_where=sa.text("applicant_id IS NOT NULL"),
                 sqlite_where=sa.text("applicant_id IS NOT NULL")),
    )  # fmt: skip


class ClubMembership(Base):
    """协会会员 Who asks to be, is or was in a club; `member_id` is erased when the time of keeping is over."""

    __tablename__ = "club_membership"

    id: Mapped[UuidKey]
    club_id: Mapped[UUID] = mapped_column(sa.ForeignKey("club.id"))
    member_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    applied_at: Mapped[datetime]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    cause: Mapped[str | None] = mapped_column(sa.String(16))
    note: Mapped[str | None] = mapped_column(sa.String(120))

    __table_args__ = (
        sa.Index(
            "uq_club_membership_live", "club_id", "member_id", unique=True, postgresql_where=LIVE, sqlite_where=LIVE
        ),
        sa.Index("ix_club_membership_member_id", "member_id", "applied_at", "id", postgresql_where=KNOWN,
                 sqlite_where=KNOWN),
        sa.Index("ix_club_membership_club_id", "club_id", "applied_at", "id"),
        sa.Index("ix_club_membership_state", "club_id", "state", "applied_at", "id"),
        sa.Index("ix_club_membership_unit_id", "club_id", "unit_id", "applied_at", "id"),
        sa.Index("ix_club_membership_left_on", "left_on", postgresql_where=KNOWN, sqlite_where=KNOWN),
    )  # fmt: skip


class ClubOfficer(Base):
    """协会任职 An office with its term; `ended` is None while it stands. `told`: that its end is near was announced."""

    __tablename__ = "club_officer"

    id: Mapped[UuidKey]
    club_id: Mapped[UUID] = mapped_column(sa.ForeignKey("club.id"))
    member_id: Mapped[UUID | None]
    post: Mapped[str] = mapped_column(sa.String(10))
    chosen: Mapped[str] = mapped_column(sa.String(10))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended: Mapped[date | None]
    end: Mapped[str | None] = mapped_column(sa.String(10))
    told: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int]
    """1 while it stands, 0 afterwards, for the order of the list."""

    __table_args__ = (
        sa.Index(
            "uq_club_officer_president", "club_id", unique=True, postgresql_where=PRESIDENT, sqlite_where=PRESIDENT
        ),
        sa.Index(
            "uq_club_officer_standing", "club_id", "member_id", "post", unique=True, postgresql_where=STANDING,
            sqlite_where=STANDING,
        ),
        sa.Index("ix_club_officer_club_id", "club_id", "rank", "starts_on", "id"),
        sa.Index("ix_club_officer_member_id", "member_id", postgresql_where=KNOWN, sqlite_where=KNOWN),
        sa.Index("ix_club_officer_ends_on", "ends_on", postgresql_where=STANDING, sqlite_where=STANDING),
    )  # fmt: skip


class ClubActivity(Base):
    """协会活动 The club that holds an activity; an activity belongs to one club at most."""

    __tablename__ = "club_activity"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    club_id: Mapped[UUID] = mapped_column(sa.ForeignKey("club.id"))
    linked_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_club_activity_club_id", "club_id", "activity_id"),)


class ClubGrant(Base):
    """年度活动经费 What a club gets in a year; `state` and what follows it is the funds' answer to `claim`."""

    __tablename__ = "club_grant"

    id: Mapped[UuidKey]
    club_id: Mapped[UUID] = mapped_column(sa.ForeignKey("club.id"))
    year: Mapped[int]
    amount: Mapped[Decimal]
    line_code: Mapped[str] = mapped_column(sa.String(60))
    decision: Mapped[str] = mapped_column(sa.String(200))
    decided_on: Mapped[date]
    claim: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(sa.String(10))
    entry_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(sa.String(120))
    refused_code: Mapped[str | None] = mapped_column(sa.String(40))

    __table_args__ = (
        sa.UniqueConstraint("club_id", "year", name="uq_club_grant_club_id_year"),
        sa.Index("ix_club_grant_year", "year", "id"),
        sa.Index("ix_club_grant_state", "state", "year", "id"),
    )


class ClubReview(Base):
    """年度评议 The review of a club's year; the figures are those of the day the report was handed in."""

    __tablename__ = "club_review"

    id: Mapped[UuidKey]
    club_id: Mapped[UUID] = mapped_column(sa.ForeignKey("club.id"))
    year: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(10))
    due_on: Mapped[date | None]
    handed_in_at: Mapped[datetime | None]
    report: Mapped[str | None] = mapped_column(sa.String(4000))
    activities_held: Mapped[int | None]
    attended: Mapped[int | None]
    members: Mapped[int | None]
    verdict: Mapped[str | None] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.String(300))
    decided_on: Mapped[date | None]

    __table_args__ = (
        sa.UniqueConstraint("club_id", "year", name="uq_club_review_club_id_year"),
        sa.Index("ix_club_review_year", "year", "id"),
        sa.Index("ix_club_review_state", "state", "year", "id"),
    )
