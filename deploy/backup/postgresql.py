"""Backup and restore of PostgreSQL: one snapshot per database, one COPY per table; needs no other program.

The schema is not in the archive: migrations create it, up to the revision in the archive.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import sqlalchemy as sa
from psycopg2 import extensions, sql

from deploy.backup.manifest import BackupError, Digest, ServiceNote, TableNote
from services.chassis.database.engine import Database

VERSIONS = "alembic_version"
_OWN_ROUTINES = sa.text(
    "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
)


@contextmanager
def blocking() -> Iterator[None]:
    """Let psycopg2 block while it waits for the server, because eventlet's wait callback does not support COPY."""
    callback = extensions.get_wait_callback()
    extensions.set_wait_callback(None)
    try:
        yield
    finally:
        extensions.set_wait_callback(callback)


class Snapshot:
    """A consistent snapshot of one database, however long reading takes."""

    def __init__(self, service: str, url: str) -> None:
        self.service = service
        self._database = Database(url, pool_size=1)
        self._connection = self._database.engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        self.heads = sorted(self.connection.scalars(sa.text("SELECT version_num FROM alembic_version")))

    @property
    def connection(self) -> sa.Connection:
        """The connection whose transaction is the snapshot."""
        return self._connection

    def write(self, archive: zipfile.ZipFile) -> ServiceNote:
        """Copy every table into the archive."""
        note = ServiceNote(self.heads)
        for table, columns in _tables(self.connection).items():
            with archive.open(_member(self.service, table), "w", force_zip64=True) as member:
                digest = _copy_out(self.connection, table, columns, member)
            note.tables[table] = TableNote(columns, digest.rows, digest.text)
        return note

    def close(self) -> None:
        """End the snapshot."""
        self._connection.close()
        self._database.close()


def check(archive: zipfile.ZipFile, service: str, note: ServiceNote) -> list[str]:
    """Return a sentence for each table in the archive that differs from the manifest."""
    wrong = []
    for table, told in note.tables.items():
        digest = Digest()
        try:
            with archive.open(_member(service, table)) as member:
                for line in member:
                    digest.add(line)
        except (KeyError, zipfile.BadZipFile, EOFError) as error:
            wrong.append(f"{service}.{table}: {error}")
            continue
        wrong += _difference(service, table, told, digest)
    return wrong


def is_empty(database: Database) -> bool:
    """Whether the database has no tables."""
    with database.engine.connect() as connection:
        return not sa.inspect(connection).get_table_names()


def require_alone(service: str, database: Database) -> None:
    """Check that there are no other connections.

    Raises:
        BackupError: a service is still running.
    """
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    with database.engine.connect() as connection:
        count = connection.scalar(others)
    if count:
        raise BackupError(f"{count} others are connected to the database of {service}: stop every service first.")


def clear(database: Database) -> None:
    """Drop all tables and the functions of their triggers."""
    with database.engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{table}" CASCADE')
        for routine in connection.scalars(_OWN_ROUTINES).all():
            connection.exec_driver_sql(f"DROP ROUTINE {routine} CASCADE")


def load(archive: zipfile.ZipFile, service: str, note: ServiceNote, database: Database) -> None:
    """Load the rows into a database with the archive's schema, in one transaction, and verify counts and hashes.

    Raises:
        BackupError: the schema differs, or the loaded rows differ from the manifest.
    """
    with database.engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        found = _tables(connection)
        if {table: set(columns) for table, columns in found.items()} != {
            table: set(told.columns) for table, told in note.tables.items()
        }:
            raise BackupError(f"The tables of {service} are not those of the archive: use the release that made it.")
        order = _order(connection)
        for seeded in map(sa.table, reversed(order)):
            # Rows inserted by migrations. The ledger is empty, and its trigger forbids even a DELETE without rows.
            if connection.execute(sa.select(sa.literal(1)).select_from(seeded).limit(1)).first():
                connection.execute(sa.delete(seeded))
        wrong = []
        for table in order:
            told = note.tables[table]
            with archive.open(_member(service, table)) as member:
                _cursor(connection).copy_expert(_statement("COPY {} ({}) FROM STDIN", table, told.columns), member)
            _set_sequences(connection, table, told.columns)
            wrong += _difference(service, table, told, _copy_out(connection, table, told.columns, None))
        if wrong:
            raise BackupError("; ".join(wrong))


def _difference(service: str, table: str, told: TableNote, found: Digest) -> list[str]:
    if (found.rows, found.text) == (told.rows, told.digest):
        return []
    return [f"{service}.{table}: {found.rows} rows instead of {told.rows}, or other contents"]


def _copy_out(connection: sa.Connection, table: str, columns: list[str], member: IO[bytes] | None) -> Digest:
    sink = _Sink(member)
    _cursor(connection).copy_expert(_statement("COPY {} ({}) TO STDOUT", table, columns), sink)
    return sink.digest


class _Sink:
    """Receives rows of a COPY, one per call."""

    def __init__(self, member: IO[bytes] | None) -> None:
        self.digest = Digest()
        self._member = member

    def write(self, row: bytes) -> None:
        self.digest.add(row)
        if self._member is not None:
            self._member.write(row)


def _cursor(connection: sa.Connection) -> Any:
    return connection.connection.cursor()


def _statement(text: str, table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)))


def _tables(connection: sa.Connection) -> dict[str, list[str]]:
    inspector = sa.inspect(connection)
    names = sorted(set(inspector.get_table_names()) - {VERSIONS})
    return {name: [column["name"] for column in inspector.get_columns(name)] for name in names}


def _order(connection: sa.Connection) -> list[str]:
    """Return the tables so that referenced tables come first."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return [table.name for table in metadata.sorted_tables if table.name != VERSIONS]


def _set_sequences(connection: sa.Connection, table: str, columns: list[str]) -> None:
    """Set sequences to continue after the loaded rows."""
    for column in columns:
        name = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(f'"{table}"', column)))
        if name:
            highest = connection.scalar(sa.select(sa.func.max(sa.column(column))).select_from(sa.table(table)))
            connection.execute(sa.select(sa.func.setval(name, highest or 1, highest is not None)))


def _member(service: str, table: str) -> str:
    return f"{service}/{table}.copy"
