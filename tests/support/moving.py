"""Moving what a SQLite file of a release holds into PostgreSQL, so that its upgrade is tried there too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database import migrations
from services.chassis.database.engine import Database


def to_postgresql(service: str, sqlite: Path, url: str) -> None:
    """Bring an empty database to the release's schema by the migrations it had, and copy every row into it.

    Args:
        service: whose database it is.
        sqlite: the file of the release.
        url: the empty database on PostgreSQL.
    """
    with sqlite3.connect(sqlite) as stored:
        (release,) = stored.execute("SELECT version_num FROM alembic_version").fetchone()
        stored.row_factory = sqlite3.Row
        migrations.upgrade(service, url, to=release)
        database = Database(url)
        made = sa.MetaData()
        with database.engine.begin() as connection:
            made.reflect(connection)
            for table in reversed(made.sorted_tables):
                if table.name != "alembic_version":
                    connection.execute(table.delete())
            for table in made.sorted_tables:
                if table.name != "alembic_version":
                    _copy(stored, connection, table)
        database.close()
    stored.close()


def _copy(stored: sqlite3.Connection, connection: sa.Connection, table: sa.Table) -> None:
    rows = [dict(row) for row in stored.execute(f'SELECT * FROM "{table.name}"')]
    for row in rows:
        values = {name: _value(table.columns[name].type.as_generic(), value) for name, value in row.items()}
        connection.execute(table.insert().values(values))
    if rows:
        for column in table.columns:
            _count_on(connection, table, column)


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """Return a value of SQLite as PostgreSQL has it in a column of a kind."""
    if value is None:
        return sa.null()
    read = next((read for known, read in _READ if isinstance(kind, known)), None)
    return read(value) if read else value


_READ: tuple[tuple[type[sa.types.TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (sa.Boolean, bool),
    (sa.Uuid, UUID),
    (sa.DateTime, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)),
    (sa.Date, date.fromisoformat),
    # Its columns take numbers for numbers, whatever type they were declared with.
    (sa.JSON, lambda kept: json.loads(kept) if isinstance(kept, str) else kept),
    # Whole fen on SQLite; see `services.chassis.database.engine.Yuan`.
    (sa.Numeric, lambda fen: Decimal(fen) / 100),
)


def _count_on(connection: sa.Connection, table: sa.Table, column: sa.Column[Any]) -> None:
    """Let a numbered column go on behind its highest number."""
    named = sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
    if not isinstance(column.type, sa.Integer) or (sequence := connection.scalar(named)) is None:
        return
    highest = connection.scalar(sa.select(sa.func.max(column)))
    connection.execute(sa.select(sa.func.setval(sequence, highest)))
