"""A service's PostgreSQL tables into a backup and back, in COPY's own text format, all of one snapshot."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import psycopg2.extensions
import sqlalchemy as sa

from services.chassis.database import Database


class _Measured:
    """Writes on, counting rows and computing their digest; COPY puts one row on each line."""

    def __init__(self, output: IO[bytes] | None) -> None:
        self._output = output
        self._hash = hashlib.sha256()
        self._rows = 0

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self._rows += data.count(b"\n")
        if self._output is not None:
            self._output.write(data)
        return len(data)

    @property
    def result(self) -> dict[str, Any]:
        """What the manifest says of a table."""
        return {"rows": self._rows, "sha256": self._hash.hexdigest()}


def write(database: Database, service: str, archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """Write every table into the archive and return rows and digest of each."""
    found = {}
    with _snapshot(database) as (tables, cursor):
        for table in tables:
            with archive.open(f"{service}/{table.name}.copy", "w", force_zip64=True) as output:
                measured = _Measured(output)
                cursor.copy_expert(_reading(table), measured)
            found[table.name] = measured.result
    return found


def digests(database: Database) -> dict[str, dict[str, Any]]:
    """Return rows and digest of every table as it stands."""
    found = {}
    with _snapshot(database) as (tables, cursor):
        for table in tables:
            measured = _Measured(None)
            cursor.copy_expert(_reading(table), measured)
            found[table.name] = measured.result
    return found


def read(database: Database, service: str, archive: zipfile.ZipFile, saved: dict[str, Any]) -> None:
    """Fill freshly migrated tables from the archive, in one transaction; what a migration put in is replaced."""
    tables = _tables(database)
    with _connection(database) as (connection, cursor):
        for table in reversed(tables):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table.name}")')  # noqa: S608  names of our own tables
            if cursor.fetchone()[0]:
                cursor.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
        for table in tables:
            if table.name in saved:
                with archive.open(f"{service}/{table.name}.copy") as source:
                    cursor.copy_expert(f'COPY "{table.name}" ({_columns(table)}) FROM STDIN', source)
                _count_on(cursor, table)
        connection.commit()


def _count_on(cursor: Any, table: sa.Table) -> None:
    """Let the numbers a table gives by itself begin after the last one it holds."""
    for column in table.columns:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", (f'"{table.name}"', column.name))
        if (sequence := cursor.fetchone()[0]) is not None:
            last = f'SELECT max("{column.name}") FROM "{table.name}"'  # noqa: S608
            cursor.execute(f"SELECT setval(%s, coalesce(({last}), 1), ({last}) IS NOT NULL)", (sequence,))


def _tables(database: Database) -> list[sa.Table]:
    known = sa.MetaData()
    known.reflect(database.engine)
    return [table for table in known.sorted_tables if table.name != "alembic_version"]


def _reading(table: sa.Table) -> str:
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns) or _columns(table)
    return f'COPY (SELECT {_columns(table)} FROM "{table.name}" ORDER BY {keys}) TO STDOUT'  # noqa: S608


def _columns(table: sa.Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns if column.computed is None)


@contextmanager
def _snapshot(database: Database) -> Iterator[tuple[list[sa.Table], Any]]:
    tables = _tables(database)
    with _connection(database) as (_, cursor):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield tables, cursor


@contextmanager
def _connection(database: Database) -> Iterator[tuple[Any, Any]]:
    """A plain connection: COPY does not work through eventlet's waiting, which nothing else needs meanwhile."""
    waiting = psycopg2.extensions.get_wait_callback()
    psycopg2.extensions.set_wait_callback(None)
    connection = psycopg2.connect(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        with connection.cursor() as cursor:
            yield connection, cursor
    finally:
        connection.close()
        psycopg2.extensions.set_wait_callback(waiting)
