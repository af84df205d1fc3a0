"""Long work in steps, and stored files."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    chassis_tables(2)
