"""Tables of tournaments: settings, teams, fixtures."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey


class Tournament(Base):
    """赛事 How teams play in an activity. `courts` are names, `periods` pairs of ISO 8601 moments."""

    __tablename__ = "tournament"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(12))
    format: Mapped[str] = mapped_column(sa.String(24))
    groups: Mapped[int]
    advance: Mapped[int]
    sets_to_win: Mapped[int]
    win_points: Mapped[int]
    loss_points: Mapped[int]
    walk_over_points: Mapped[int]
    tie_breaks: Mapped[list[Any]] = mapped_column(sa.JSON)
    courts: Mapped[list[Any]] = mapped_column(sa.JSON)
    match_minutes: Mapped[int]
    periods: Mapped[list[Any]] = mapped_column(sa.JSON)
    knock_out_drawn: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_tournament_made_at", "made_at", "activity_id"),
        sa.Index("ix_tournament_state", "state", "made_at", "activity_id"),
    )


class SportsTeam(Base):
    """参赛队 A team; `contact_id` is the member who is told of fixtures."""

    __tablename__ = "sports_team"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tournament.activity_id"))
    name: Mapped[str] = mapped_column(sa.String(40))
    unit_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    seed: Mapped[int | None]
    group_number: Mapped[int | None]

    __table_args__ = (
        sa.UniqueConstraint("activity_id", "name", name="uq_sports_team_name"),
        sa.Index("ix_sports_team_contact_id", "contact_id"),
    )


class Fixture(Base):
    """场次 A match. Winners of the knock-out matches 2n and 2n + 1 of a round meet in match n of the next.

    `absent_id` is the team that did not play; `sets` are pairs of points.
    """

    __tablename__ = "fixture"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tournament.activity_id"))
    number: Mapped[int]
    stage: Mapped[str] = mapped_column(sa.String(10))
    group_number: Mapped[int | None]
    round: Mapped[int]
    position: Mapped[int]
    home_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("sports_team.id"))
    away_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("sports_team.id"))
    court: Mapped[str | None] = mapped_column(sa.String(20))
    starts_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    sets: Mapped[list[Any]] = mapped_column(sa.JSON)
    winner_id: Mapped[UUID | None]
    absent_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(sa.String(300))

    __table_args__ = (
        sa.UniqueConstraint("activity_id", "number", name="uq_fixture_number"),
        sa.UniqueConstraint("activity_id", "court", "starts_at", name="uq_fixture_court"),
        sa.Index("ix_fixture_starts_at", "activity_id", "starts_at", "number"),
        sa.Index("ix_fixture_home_id", "home_id"),
        sa.Index("ix_fixture_away_id", "away_id"),
    )
