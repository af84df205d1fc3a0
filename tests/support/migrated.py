"""Databases that are migrated already: a template per service and test run, copies of it, and copies made clean again.

Migrating takes longer than most tests, so it is done once; a copy is a matter of milliseconds on either database.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from tests.support.postgres import DatabaseServer

_TABLES_WITH_TRIGGERS = sa.text("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")


@dataclass
class Contents:
    """What the migrations of a service left behind: its tables in the order of their references, and their rows."""

    tables: Sequence[sa.Table]
    rows: dict[str, list[dict[str, Any]]]
    guarded: frozenset[str]
    """Tables with triggers of their own, such as those that refuse any change of the ledger."""

    @classmethod
    def of(cls, database: Database) -> Contents:
        """Read them from a database that was migrated just now."""
        metadata = sa.MetaData()
        metadata.reflect(database.engine)
        tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
        with database.session(readonly=True) as session:
            found = {
                table.name: [dict(row) for row in session.execute(sa.select(table)).mappings()] for table in tables
            }
            guarded = [] if database.is_sqlite else session.scalars(_TABLES_WITH_TRIGGERS).all()
        return cls(tables, {name: rows for name, rows in found.items() if rows}, frozenset(guarded))

    def restore(self, database: Database) -> None:
        """Delete every row but those of the migrations, past the triggers that would refuse it."""
        with database.session() as session:
            filled = session.execute(
                sa.select(
                    *(sa.exists(sa.select(sa.literal(1)).select_from(table)).label(table.name) for table in self.tables)
                )
            ).one()
            used = [table for table in reversed(self.tables) if getattr(filled, table.name)]
            guarded = [table.name for table in used if table.name in self.guarded]
            for name in guarded:
                session.execute(sa.text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
            for table in used:
                session.execute(sa.delete(table))
            for table in self.tables:
                if rows := self.rows.get(table.name):
                    session.execute(sa.insert(table), rows)
            for name in guarded:
                session.execute(sa.text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))


@dataclass
class Templates:
    """The run's migrated databases, each made when it is first asked for.

    Args:
        server: where the PostgreSQL ones are.
        folder: where the SQLite ones are.
    """

    server: DatabaseServer
    folder: Path
    _postgresql: dict[str, tuple[str, Contents]] = field(default_factory=dict)
    _sqlite: dict[str, tuple[Path, Contents]] = field(default_factory=dict)

    def postgresql(self, service: str) -> str:
        """Return the URL of a migrated PostgreSQL database that nothing is connected to: a template for others."""
        return self._of_postgresql(service)[0]

    def copy_sqlite(self, service: str, folder: Path) -> str:
        """Copy the migrated SQLite file of a service into a folder; return the copy's URL."""
        return f"sqlite:///{shutil.copy(self._of_sqlite(service)[0], folder / f'{service}.sqlite3')}"

    def restore(self, service: str, database: Database) -> None:
        """Bring a copy back to what the migrations made."""
        found = self._of_sqlite(service) if database.is_sqlite else self._of_postgresql(service)
        found[1].restore(database)

    def drop(self) -> None:
        """Remove the templates from the server."""
        for url, _ in self._postgresql.values():
            self.server.drop_database(url)

    def _of_postgresql(self, service: str) -> tuple[str, Contents]:
        if service not in self._postgresql:
            url = self.server.new_database(f"{service}_template")
            self._postgresql[service] = (url, _migrate(service, url))
        return self._postgresql[service]

    def _of_sqlite(self, service: str) -> tuple[Path, Contents]:
        if service not in self._sqlite:
            path = self.folder / f"{service}.sqlite3"
            self._sqlite[service] = (path, _migrate(service, f"sqlite:///{path}"))
        return self._sqlite[service]


def _migrate(service: str, url: str) -> Contents:
    upgrade(service, url)
    database = Database(url)
    try:
        return Contents.of(database)
    finally:
        database.close()
