"""Migrates a service's database to the schema that its code expects: one Alembic environment for all services.

A service has its migrations in `migrations/versions/`, written by hand, forward only, and compatible with the version
that is still running. Services do not run them: a job runs them before the roll-out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from services.chassis.database.chassis_schema import chassis_tables
from services.chassis.database.engine import NAMING, Database
from services.chassis.database.errors import sql_code
from services.chassis.database.transaction import lock_number
from services.chassis.process import logs

__all__ = ["chassis_tables", "migrations_of", "pending", "revisions_of", "upgrade"]

LOCK_TIMEOUT = "4s"
"""How long a statement may wait for a lock on a table; other statements queue behind it."""
WAIT_FOR_ANOTHER = "300s"
"""How long to wait while another process migrates the same database."""
STANDSTILL = "300s"
"""How long a migration may be idle between two statements before the server ends it."""
PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds to wait after a lock time-out before the next attempt."""

_LOCK_NOT_AVAILABLE = "55P03"
_log = logs.get_logger(__name__)


def upgrade(service: str, database_url: str, *, to: str = "head") -> list[str]:
    """Run the migrations a database has not seen, each in its own transaction, oldest first.

    Only one process migrates a database at a time; another one waits, then finds nothing to do. Where a table is
    in use for longer than `LOCK_TIMEOUT`, the migration is rolled back and tried again after a pause. On SQLite
    all of them run in one transaction.

    Args:
        service: name of the service, as in `services/<service>/migrations`.
        database_url: its database; needs the right to create tables.
        to: the last revision to run; a restored backup is loaded into the schema it was made of.

    Returns:
        The revisions that were run.

    Raises:
        sqlalchemy.exc.OperationalError: the database can't be reached, or a table stayed locked.
        LookupError: there is no such service, or it keeps no migrations.
    """
    script = _scripts(service)
    database = Database(database_url, pool_size=1)
    try:
        for pause in (*PAUSES, None):
            try:
                return _upgrade(script, database, to)
            except sa.exc.OperationalError as error:
                if pause is None or sql_code(error) != _LOCK_NOT_AVAILABLE:
                    raise
                _log.warning("migration_waits", service=service, pause=pause)
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")
    finally:
        database.close()


def pending(service: str, database: Database) -> list[str]:
    """Return the revisions the code knows and the database has not seen, oldest first; a query only.

    Raises:
        LookupError: there is no such service, or it keeps no migrations.
    """
    script = _scripts(service)
    with database.session() as session:
        seen = MigrationContext.configure(session.connection()).get_current_heads()
    known = revisions_of(service)
    done = {revision.revision for head in seen if head in known for revision in script.iterate_revisions(head, "base")}
    return [revision for revision in known if revision not in done]


def revisions_of(service: str) -> list[str]:
    """Return every revision the code knows, oldest first.

    Raises:
        LookupError: there is no such service, or it keeps no migrations.
    """
    return [revision.revision for revision in _scripts(service).walk_revisions()][::-1]


def migrations_of(service: str) -> Path:
    """Return the folder of a service's migrations.

    Raises:
        LookupError: there is no such service, or it keeps no migrations.
    """
    for package in (f"services.{service}", service):
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place) / "migrations"
            if (folder / "versions").is_dir():
                return folder
    raise LookupError(f"{service} keeps no migrations")


def _scripts(service: str) -> ScriptDirectory:
    config = Config()
    # Config reads values as ConfigParser does, where a percent sign is special.
    config.set_main_option("script_location", str(migrations_of(service)).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _upgrade(script: ScriptDirectory, database: Database, to: str) -> list[str]:
    ran: list[str] = []

    def steps(revision: tuple[str, ...], _context: MigrationContext) -> list[object]:
        found = script._upgrade_revs(to, revision)
        ran.extend(step.revision.revision for step in found)
        return found

    with _connection(database) as connection, EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(
            connection=connection,
            target_metadata=sa.MetaData(naming_convention=NAMING),
            transaction_per_migration=not database.is_sqlite,
            transactional_ddl=True,
            render_as_batch=False,
        )
        with environment.begin_transaction():
            environment.run_migrations()
            if database.is_sqlite:
                _require_whole_references(connection)
    return ran


def _require_whole_references(connection: sa.Connection) -> None:
    """Raise `IntegrityError` where a row of SQLite refers to one that is not there; until now it was not checked."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise sa.exc.IntegrityError(f"rows of {tables} refer to rows that are not there", None, ValueError(tables))


@contextmanager
def _connection(database: Database) -> Iterator[sa.Connection]:
    """Open a connection that holds the lock on migrating."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            # A table is altered by a new one that takes its place, while others refer to it; see sqlite.org, ALTER
            # TABLE. Within a transaction the setting has no effect.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            try:
                yield connection
            finally:
                connection.rollback()
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
            return
        number = lock_number("migrations")
        connection.execute(sa.text(f"SET lock_timeout = '{WAIT_FOR_ANOTHER}'"))
        connection.execute(sa.text("SET statement_timeout = 0"))
        # Releases the locks of a migration that was stopped, or whose host has vanished.
        for limit in ("idle_in_transaction_session_timeout", "idle_session_timeout"):
            connection.execute(sa.text(f"SET {limit} = '{STANDSTILL}'"))
        connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
        connection.execute(sa.text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
            connection.commit()
