"""`gonghui backup` and `gonghui restore`: all five databases in one file, without their keys.

The file is a ZIP archive with a manifest: each service's schema revision, each table's count of rows and their
digest. PostgreSQL's tables are written as COPY writes them, in the order of their keys; SQLite's file is copied whole.
A backup is restored into empty databases only, by the release that made it.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from deploy import copying_postgres, copying_sqlite
from services.chassis.clock import now
from services.chassis.database import Database
from services.chassis.migrations import pending, upgrade
from services.chassis.settings import SERVICES, settings
from services.chassis.transaction import lock_number

MANIFEST = "manifest.json"
FORMAT = 1


class CannotCopy(Exception):
    """Why a backup or a restore was not begun or is not to be trusted."""


def backup(file: Path, *, online: bool = False) -> Iterator[str]:
    """Write all databases into `file`, yielding a line for each.

    Args:
        file: must not exist yet.
        online: take it while services run. Databases are then copied one after the other, and what happens meanwhile is
            in some and not in others; for a moment that is the same in all, stop the services first.

    Raises:
        CannotCopy: the file exists, or services run.
    """
    manifest: dict[str, Any] = {"format": FORMAT, "taken_at": now().isoformat(timespec="seconds"), "services": {}}
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotCopy(f"{file} exists already.") from error
    with os.fdopen(descriptor, "wb") as output, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for service in SERVICES:
            with _database(service) as database:
                if not online and _runs(service, database):
                    raise CannotCopy(f"{service} runs: stop it for one consistent state, or give --online.")
                tables = _way(database).write(database, service, archive)
                manifest["services"][service] = {
                    "kind": database.engine.dialect.name,
                    "revision": _revision(database),
                    "tables": tables,
                }
            yield f"{service}: {len(tables)} tables, {sum(table['rows'] for table in tables.values())} rows"
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def restore(file: Path) -> Iterator[str]:
    """Read all databases from `file`, yielding a line for each, and compare what stands then with the manifest.

    Raises:
        CannotCopy: a database holds tables already, is of another kind, the backup is of another release, or what was
            restored is not what was saved.
    """
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise CannotCopy(f"The file has format {manifest['format']}; this release reads {FORMAT}.")
        for service in SERVICES:
            _check_place(service, manifest["services"][service])
        for service in SERVICES:
            saved = manifest["services"][service]
            _restore_one(service, saved, archive)
            yield f"{service}: {len(saved['tables'])} tables restored, digests equal"


def _restore_one(service: str, saved: dict[str, Any], archive: zipfile.ZipFile) -> None:
    url = settings().database_url_of(service)
    if saved["kind"] == "sqlite":
        copying_sqlite.place(url, service, archive)
    else:
        upgrade(service, url)
    with _database(service) as database:
        if _revision(database) != saved["revision"] or pending(service, database):
            raise CannotCopy(
                f"{service}: the backup is of schema {saved['revision']}; restore it with its own release."
            )
        _way(database).read(database, service, archive, saved["tables"])
        found = _way(database).digests(database)
    if wrong := sorted(name for name, table in saved["tables"].items() if found.get(name) != table):
        raise CannotCopy(f"{service}: not what was saved: {', '.join(wrong)}")


def _check_place(service: str, saved: dict[str, Any]) -> None:
    url = sa.make_url(settings().database_url_of(service))
    if url.get_backend_name() != saved["kind"]:
        raise CannotCopy(f"{service}: the backup is of {saved['kind']}, the database is {url.get_backend_name()}.")
    if saved["kind"] == "sqlite":
        if Path(url.database or "").exists():
            raise CannotCopy(f"{service}: {url.database} exists; a backup is restored into a new folder only.")
        return
    with _database(service) as database:
        if sa.inspect(database.engine).get_table_names():
            raise CannotCopy(f"{service}: its database holds tables; a backup is restored into empty databases only.")


@contextmanager
def _database(service: str) -> Iterator[Database]:
    database = Database(settings().database_url_of(service), pool_size=2)
    try:
        yield database
    finally:
        database.close()


def _way(database: Database) -> Any:
    return copying_sqlite if database.is_sqlite else copying_postgres


def _revision(database: Database) -> str | None:
    with database.session() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def _runs(service: str, database: Database) -> bool:
    """Whether a process of the service holds the relay's lock; SQLite has none and is asked for no stop."""
    if database.is_sqlite:
        return False
    with database.session() as session:
        return not session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(lock_number(f"relay-{service}"))))
