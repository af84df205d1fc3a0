"""Tournaments: settings, teams, fixtures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0019"
down_revision = "0018"

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=f"fk_{table}_{column}_{other}")


def _tournaments() -> None:
    op.create_table(
        "tournament",
        *_some(sa.Uuid(), "activity_id"),
        *_some(sa.String(12), "state"),
        *_some(sa.String(24), "format"),
        *_some(
            sa.Integer(), "groups", "advance", "sets_to_win", "win_points", "loss_points", "walk_over_points",
            "match_minutes", "version",
        ),
        *_some(sa.JSON(), "tie_breaks", "courts", "periods"),
        *_some(sa.Boolean(), "knock_out_drawn"),
        *_some(UtcDateTime(), "made_at"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_tournament"),
        _to("tournament", "activity_id", "activity"),
    )  # fmt: skip
    op.create_index("ix_tournament_made_at", "tournament", ["made_at", "activity_id"])
    op.create_index("ix_tournament_state", "tournament", ["state", "made_at", "activity_id"])
    op.create_table(
        "sports_team",
        *_some(sa.Uuid(), "id", "activity_id"),
        *_some(sa.String(40), "name"),
        *_some(sa.Uuid(), "unit_id", "contact_id", nullable=True),
        *_some(sa.Integer(), "seed", "group_number", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sports_team"),
        sa.UniqueConstraint("activity_id", "name", name="uq_sports_team_name"),
        _to("sports_team", "activity_id", "tournament", "activity_id"),
    )
    op.create_index("ix_sports_team_contact_id", "sports_team", ["contact_id"])


def _fixtures() -> None:
    op.create_table(
        "fixture",
        *_some(sa.Uuid(), "id", "activity_id"),
        *_some(sa.Integer(), "number", "round", "position"),
        *_some(sa.String(10), "stage", "state"),
        *_some(sa.Integer(), "group_number", nullable=True),
        *_some(sa.Uuid(), "home_id", "away_id", "winner_id", "absent_id", nullable=True),
        *_some(sa.String(20), "court", nullable=True),
        *_some(UtcDateTime(), "starts_at", nullable=True),
        *_some(sa.JSON(), "sets"),
        *_some(sa.String(300), "reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fixture"),
        sa.UniqueConstraint("activity_id", "number", name="uq_fixture_number"),
        sa.UniqueConstraint("activity_id", "court", "starts_at", name="uq_fixture_court"),
        _to("fixture", "activity_id", "tournament", "activity_id"),
        _to("fixture", "home_id", "sports_team"),
        _to("fixture", "away_id", "sports_team"),
    )
    op.create_index("ix_fixture_starts_at", "fixture", ["activity_id", "starts_at", "number"])
    for column in ("home_id", "away_id"):
        op.create_index(f"ix_fixture_{column}", "fixture", [column])


def upgrade() -> None:
    _tournaments()
    _fixtures()
