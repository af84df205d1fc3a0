"""How far each consumer's inbox was compared with the outboxes of its sources."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    chassis_tables(5)
