"""Moving what SQLite files hold into PostgreSQL: a union of a release, a demo union that was loaded once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from services.chassis.database import migrations
from services.chassis.database.engine import Database


def moved_to(urls: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Copy a union's SQLite files into empty databases, and return the settings with its keys.

    Args:
        urls: of the databases on PostgreSQL, by service.
        folder: with a file for each service that the union had, and the keys.
    """
    for service, url in urls.items():
        if not (folder / f"{service}.sqlite3").exists():
            continue
        to_postgresql(service, folder / f"{service}.sqlite3", url)
    return dict(line.split("=", 1) for line in (folder / "secrets.env").read_text().splitlines())


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
    kinds = {column.name: column.type.as_generic() for column in table.columns}
    for column in table.columns:
        if isinstance(column.type, sa.JSON):
            column.type = postgresql.JSON(none_as_null=True)
    rows = [
        {name: _value(kinds[name], row[name]) for name in row.keys()}  # noqa: SIM118 - a row, not a dict
        for row in stored.execute(f'SELECT * FROM "{table.name}"')
    ]
    if rows:
        connection.execute(table.insert(), rows)
        for column in table.columns:
            _count_on(connection, table, column)


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """Return a value of SQLite as PostgreSQL has it in a column of a kind."""
    if value is None:
        return None
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
