"""The limit of registering: the same statements on the same tables by pgbench, every transaction on one activity."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from services.activities.calendar.tables import Activity
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from tests.load.pgbench import find_pgbench, transactions_a_second
from tests.support.postgres import DatabaseServer

CLIENTS = (1, 8, 32)
_SCRIPT = Path(__file__).with_name("hot_row.sql")


def hot_row_rates(server: DatabaseServer, seconds: float) -> dict[int, float]:
    """Return transactions per second by number of clients. Raises `Missing` without pgbench."""
    pgbench = find_pgbench()
    url = server.new_database("hot_row")
    try:
        upgrade("activities", url)
        activity_id = _hot_activity(url)
        return {clients: _rate(pgbench, url, activity_id, clients, seconds) for clients in CLIENTS}
    finally:
        server.drop_database(url)


def _rate(pgbench: str, url: str, activity_id: str, clients: int, seconds: float) -> float:
    script = _SCRIPT.read_text().replace("{activity}", activity_id)
    return transactions_a_second(pgbench, script, url, clients, "-T", str(max(1, round(seconds))))


def _hot_activity(url: str) -> str:
    now = datetime.now(UTC)
    activity_id = uuid4()
    row = {
        "id": activity_id, "title": "hot", "kind": "salon", "starts_at": now + timedelta(days=2),
        "ends_at": now + timedelta(days=3), "sessions": [], "waiting_list": True,
        "registration_opens_at": now, "registration_closes_at": now + timedelta(days=1),
        "cancel_until": now + timedelta(days=1), "audience": {"units": [], "employments": []}, "fee": 0,
        "state": "scheduled", "seats_taken": 0, "waiting": 0, "last_ticket": 0, "created_at": now,
        "created_by": "bench", "scheduled_at": now, "version": 1,
    }  # fmt: skip
    database = Database(url, pool_size=1)
    with database.session() as session:
        session.execute(sa.insert(Activity), [row])
    database.close()
    return str(activity_id)
