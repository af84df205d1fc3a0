"""Tables of teams."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey

TAKES_PART = sa.text("state <> 'withdrawn'")
PLAYS = sa.text("state = 'accepted'")
FORMING = sa.text("state = 'forming'")


class TeamSetting(Base):
    """组队规则 What holds for teams of an activity; an activity without one is for none."""

    __tablename__ = "team_setting"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    least: Mapped[int]
    most: Mapped[int]
    most_substitutes: Mapped[int]
    most_of_unit: Mapped[int | None]
    locks_at: Mapped[datetime]
    takes_seat: Mapped[bool]


class Team(Base):
    """队 A team; `unit_id` is the captain's when it was founded."""

    __tablename__ = "team"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"))
    name: Mapped[str] = mapped_column(sa.String(40))
    unit_id: Mapped[UUID | None]
    captain_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(10))
    founded_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index(
            "uq_team_activity_id_name", "activity_id", "name", unique=True, postgresql_where=TAKES_PART,
            sqlite_where=TAKES_PART,
        ),
        sa.Index("ix_team_activity_id_unit_id", "activity_id", "unit_id"),
        sa.Index("ix_team_forming", "activity_id", postgresql_where=FORMING, sqlite_where=FORMING),
    )  # fmt: skip


class TeamPlayer(Base):
    """队员 A member who is asked to play in a team, or plays in it."""

    __tablename__ = "team_player"

    team_id: Mapped[UUID] = mapped_column(sa.ForeignKey("team.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    activity_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(10))
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index(
            "uq_team_player_accepted", "activity_id", "member_id", unique=True, postgresql_where=PLAYS,
            sqlite_where=PLAYS,
        ),
        sa.Index("ix_team_player_member_id", "member_id", "activity_id"),
    )  # fmt: skip
