"""Waiting until one transaction waits for another."""

from __future__ import annotations

import time

import sqlalchemy as sa

from services.chassis.database.engine import Database

WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def until_somebody_waits(database: Database) -> None:
    """Wait until a statement of another connection waits for a lock."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with database.session() as session:
            if session.scalar(WAITING):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")
