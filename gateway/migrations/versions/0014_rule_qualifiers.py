"""Rules state what their value is counted by, what they are narrowed down to, and how sure they are."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    chassis_tables(7)
