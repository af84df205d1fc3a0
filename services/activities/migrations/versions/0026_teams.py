"""Teams: what holds for them, teams, players."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0026"
down_revision = "0025"

TAKES_PART = sa.text("state <> 'withdrawn'")
PLAYS = sa.text("state = 'accepted'")
FORMING = sa.text("state = 'forming'")

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def upgrade() -> None:
    op.create_table(
        "team_setting",
        *_some(sa.Uuid(), "activity_id"),
        *_some(sa.Integer(), "least", "most", "most_substitutes"),
        *_some(sa.Integer(), "most_of_unit", nullable=True),
        *_some(UtcDateTime(), "locks_at"),
        *_some(sa.Boolean(), "takes_seat"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_team_setting"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_team_setting_activity_id_activity"),
    )
    op.create_table(
        "team",
        *_some(sa.Uuid(), "id", "activity_id", "captain_id"),
        *_some(sa.String(40), "name"),
        *_some(sa.Uuid(), "unit_id", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(UtcDateTime(), "founded_at"),
        *_some(UtcDateTime(), "confirmed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_team_activity_id_activity"),
    )
    op.create_index("uq_team_activity_id_name", "team", ["activity_id", "name"], unique=True, **_where(TAKES_PART))
    op.create_index("ix_team_activity_id_unit_id", "team", ["activity_id", "unit_id"])
    op.create_index("ix_team_forming", "team", ["activity_id"], **_where(FORMING))
    op.create_table(
        "team_player",
        *_some(sa.Uuid(), "team_id", "member_id", "activity_id"),
        *_some(sa.Uuid(), "unit_id", nullable=True),
        *_some(sa.String(12), "role"),
        *_some(sa.String(10), "state"),
        *_some(UtcDateTime(), "invited_at"),
        *_some(UtcDateTime(), "answered_at", nullable=True),
        sa.PrimaryKeyConstraint("team_id", "member_id", name="pk_team_player"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_player_team_id_team"),
    )
    accepted = ["activity_id", "member_id"]
    op.create_index("uq_team_player_accepted", "team_player", accepted, unique=True, **_where(PLAYS))
    op.create_index("ix_team_player_member_id", "team_player", ["member_id", "activity_id"])
