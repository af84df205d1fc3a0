"""Chunks of long work are counted before they run."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    chassis_tables(3)
