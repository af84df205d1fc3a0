"""Rules of several sets may speak about one day; the announcements of a rule are numbered."""

from __future__ import annotations

from services.chassis.database.migrations import chassis_tables

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    chassis_tables(6)
