"""Whether a service's migrations arrive at the schema its models describe; every service's tests ask this."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.chassis.database import (
    history,  # noqa: F401  the tables of the chassis are known once these are imported
    leases,  # noqa: F401
    tables,  # noqa: F401
)
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.migrations import upgrade
from services.chassis.files import storage  # noqa: F401
from services.chassis.jobs import tables as job_tables  # noqa: F401
from services.chassis.rules import rulebook  # noqa: F401


def differences(service: str, metadata: sa.MetaData, database_url: str | None = None) -> list[Any]:
    """Migrate an empty database and return what differs from the models, an empty list when nothing does.

    Names of keys and constraints are compared too, on SQLite, whatever the database.

    Args:
        service: the service whose migrations run.
        metadata: the metadata of its models; the chassis's tables are added.
        database_url: an empty database to migrate as well; a SQLite file of its own alone when absent.
    """
    with TemporaryDirectory() as folder:
        migrated, created = (f"sqlite:///{Path(folder) / name}" for name in ("migrated", "created"))
        found = _compare(service, metadata, migrated) + _compare_details(metadata, migrated, created)
    if database_url is not None:
        found += _compare(service, metadata, database_url)
    return found


def _compare(service: str, metadata: sa.MetaData, url: str) -> list[Any]:
    upgrade(service, url)
    database = Database(url, pool_size=1)
    try:
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            return list(compare_metadata(context, [ChassisBase.metadata, metadata]))  # type: ignore[arg-type]
    finally:
        database.close()


def _compare_details(metadata: sa.MetaData, migrated: str, created: str) -> list[Any]:
    by_models = Database(created)
    for part in (ChassisBase.metadata, metadata):
        part.create_all(by_models.engine)
    wanted, found = _described(by_models), _described(Database(migrated))
    missing = [("only in the models", detail) for detail in sorted(wanted - found)]
    return missing + [("only in the migrations", detail) for detail in sorted(found - wanted)]


def _described(database: Database) -> set[str]:
    """Return every column, key, constraint and index of a database, one text each."""
    inspector = sa.inspect(database.engine)
    described = set()
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        parts: dict[str, Any] = {
            "column": [_column(column) for column in inspector.get_columns(table)],
            "primary key": [inspector.get_pk_constraint(table)],
            "foreign key": inspector.get_foreign_keys(table),
            "unique": inspector.get_unique_constraints(table),
            "check": inspector.get_check_constraints(table),
            "index": inspector.get_indexes(table),
        }
        described |= {f"{table} {kind} {_text(thing)}" for kind, things in parts.items() for thing in things}
    database.close()
    return described


def _column(column: Any) -> dict[str, Any]:
    return {key: column[key] for key in ("name", "type", "nullable", "default")}


def _text(thing: Any) -> str:
    if isinstance(thing, dict):
        return " ".join(f"{key}={_text(value)}" for key, value in sorted(thing.items()) if value not in (None, {}, []))
    return ",".join(map(_text, thing)) if isinstance(thing, (list, tuple)) else str(thing)
