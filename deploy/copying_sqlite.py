"""A service's SQLite file into a backup and back, through SQLite's own backup, which suits a file in use."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.chassis.database import Database


def write(database: Database, service: str, archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """Write the file into the archive and return rows and digest of each table in it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(_file(database.url))) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        archive.write(copy, f"{service}.sqlite3")
        return _digests(copy)


def place(url: str, service: str, archive: zipfile.ZipFile) -> None:
    """Put the file where the service will look for it."""
    target = Path(_file(sa.make_url(url)))
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(f"{service}.sqlite3") as source, target.open("xb") as output:
        shutil.copyfileobj(source, output)


def read(database: Database, service: str, archive: zipfile.ZipFile, saved: dict[str, Any]) -> None:
    """Do nothing: the file holds everything already."""


def digests(database: Database) -> dict[str, dict[str, Any]]:
    """Return rows and digest of every table as it stands."""
    return _digests(Path(_file(database.url)))


def _digests(file: Path) -> dict[str, dict[str, Any]]:
    found = {}
    with closing(sqlite3.connect(file)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        for (name,) in connection.execute(names).fetchall():
            digest, rows = hashlib.sha256(), 0
            width = len(connection.execute(f'SELECT * FROM "{name}" LIMIT 0').description)  # noqa: S608
            order = ", ".join(str(number + 1) for number in range(width))
            for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):  # noqa: S608
                digest.update(repr(row).encode())
                rows += 1
            found[name] = {"rows": rows, "sha256": digest.hexdigest()}
    return found


def _file(url: sa.URL) -> str:
    return url.database or ""
