"""How far each consumer's inbox was compared with the outboxes of its sources."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    chassis_tables(5)
