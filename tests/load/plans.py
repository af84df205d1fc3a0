"""Whether PostgreSQL reads a whole table to answer what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Database


def reads_whole_tables(database: Database, ask: Callable[[], Any]) -> bool:
    """Return whether the plan of a query that `ask` sends has a sequential scan."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
    assert sent
    with database.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN {statement}", given).scalars().all() for statement, given in sent]
    return any("Seq Scan" in line for plan in plans for line in plan)
