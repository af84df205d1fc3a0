"""Both logs say by which delegation somebody acted for an absent colleague."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    chassis_tables(8)
