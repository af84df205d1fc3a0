"""Backup and restore of the embedded union: a file per service, copied by SQLite's online backup while it runs."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from deploy.backup.manifest import Digest, ServiceNote, TableNote

VERSIONS = "alembic_version"
_HEADS = "SELECT version_num FROM alembic_version"


class Snapshot:
    """A consistent snapshot of one file: a read transaction, which does not block writers."""

    def __init__(self, service: str, url: str) -> None:
        self.service = service
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": 20})
        self.connection = self._engine.connect()
        self._raw: Any = self.connection.connection
        self._raw = self._raw.dbapi_connection
        self._raw.isolation_level = None
        self._raw.execute("BEGIN")
        self.heads = sorted(row[0] for row in self._raw.execute(_HEADS))

    def write(self, archive: zipfile.ZipFile) -> ServiceNote:
        """Copy the file into the archive."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                self._raw.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            archive.write(path, _member(self.service))
            return note_of(path)

    def close(self) -> None:
        """End the snapshot."""
        self.connection.close()
        self._engine.dispose()


def note_of(path: Path) -> ServiceNote:
    """Return the entry of one file for the manifest."""
    with closing(sqlite3.connect(path)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        note = ServiceNote(sorted(row[0] for row in connection.execute(_HEADS)))
        for (table,) in connection.execute(names).fetchall():
            if table == VERSIONS:
                continue
            rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table of ours)
            digest = Digest()
            for row in rows:
                digest.add(repr(row).encode())
            note.tables[table] = TableNote([column[0] for column in rows.description], digest.rows, digest.text)
        return note


@contextmanager
def _unpacked(archive: zipfile.ZipFile, service: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(archive.extract(_member(service), folder))


def check(archive: zipfile.ZipFile, service: str, note: ServiceNote) -> list[str]:
    """Return a sentence for each difference between the file in the archive and the manifest."""
    try:
        with _unpacked(archive, service) as path:
            found = note_of(path)
            with closing(sqlite3.connect(path)) as connection:
                state = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except (KeyError, zipfile.BadZipFile, EOFError, sqlite3.DatabaseError) as error:
        return [f"{service}: {error}"]
    wrong = [] if state == "ok" else [f"{service}: {state}"]
    for table in sorted(note.tables.keys() | found.tables.keys()):
        if note.tables.get(table) != found.tables.get(table):
            wrong.append(f"{service}.{table}: other contents")
    return wrong


def load(archive: zipfile.ZipFile, service: str, target: Path) -> None:
    """Move the file of a service to its place."""
    clear(target)
    target.touch(0o600)
    with archive.open(_member(service)) as member, target.open("wb") as file:
        while block := member.read(1 << 20):
            file.write(block)


def clear(target: Path) -> None:
    """Delete the file of a service, if there is one, with those that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)


def _member(service: str) -> str:
    return f"{service}/{service}.sqlite3"
