"""Every row of a database, for tests of what is not kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Database


def rows_of(database: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the table and the values of every row, also of tables that the chassis keeps."""
    metadata = sa.MetaData()
    with database.session(readonly=True) as session:
        metadata.reflect(session.connection())
        for table in metadata.sorted_tables:
            for row in session.execute(sa.select(table)).mappings():
                yield table.name, dict(row)


def as_text(row: dict[str, Any]) -> str:
    """Return the values of a row in one text; bytes in hexadecimal digits."""
    return json.dumps(row, default=lambda value: value.hex() if isinstance(value, bytes) else str(value))
