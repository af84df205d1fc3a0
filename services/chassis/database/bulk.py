"""Writing and finding many rows in one statement; values are converted by the types of their columns as usual.

PostgreSQL gets an array for each column instead of a value for each cell: parsing thousands of literals costs several
times as much as writing the rows. COPY is faster, but would block all green threads of the process.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from services.chassis.database.engine import upsert

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ROWS_PER_STATEMENT = 200
"""Where each cell is a bound value: keeps a statement below SQLite's limit of bound values."""

Columns = Mapping[str, Sequence[Any]]
"""Values by column, equally many of each."""


def columns_of(rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Return rows, at least one, all with the same keys, as lists of values by column."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def insert_rows(session: Session, table: Any, columns: Columns, fixed: Mapping[str, Any]) -> None:
    """Insert rows; defaults that differ by row, such as ids, must be given.

    Args:
        session: whose database it is for.
        table: the table.
        columns: values by column, equally many of each, one row at least.
        fixed: values that are the same in every row.
    """
    statement, rows = prepared_insert(session, table, columns, fixed)
    session.connection().execute(statement, rows)


def insert_new(session: Session, table: Any, columns: Columns, fixed: Mapping[str, Any], key: Sequence[str]) -> int:
    """Insert rows, skipping those that exist; return how many are new. See `insert_rows`.

    Args:
        session: whose database it is for.
        table: the table.
        columns: values by column, equally many of each.
        fixed: values that are the same in every row.
        key: columns of the unique key that decides whether a row exists.
    """
    statement, rows = prepared_insert(session, table, columns, fixed)
    stored = statement.on_conflict_do_nothing(index_elements=key).execution_options(preserve_rowcount=True)
    return int(session.connection().execute(stored, rows).rowcount)


def prepared_insert(
    session: Session, table: Any, columns: Columns, fixed: Mapping[str, Any]
) -> tuple[Any, list[dict[str, Any]] | None]:
    """Return the dialect's INSERT of the rows, to which clauses can be added, and the parameters to execute it with."""
    statement = upsert(session, table)
    dialect = session.get_bind().dialect
    if dialect.name != "postgresql":
        cells = zip(*columns.values(), strict=True)
        return statement, [{**dict(zip(columns, row, strict=True)), **fixed} for row in cells]
    stated = {name: values for name, values in columns.items() if _says_something(table.c[name], values)}
    arrays = [sa.func.unnest(_array(table.c[name].type, values, dialect)) for name, values in stated.items()]
    same = [sa.literal(value, table.c[name].type) for name, value in fixed.items()]
    return statement.from_select([*stated, *fixed], sa.select(*arrays, *same)), None


def is_among(session: Session, columns: Sequence[Any], rows: Collection[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that a column has one of many values, or several columns one of many tuples.

    Args:
        session: whose database it is for.
        columns: one column or several.
        rows: values of the one column, or tuples with a value for each.
    """
    dialect = session.get_bind().dialect
    one = len(columns) == 1
    if dialect.name != "postgresql":
        return columns[0].in_(list(rows)) if one else sa.tuple_(*columns).in_(list(rows))
    if one:
        return columns[0] == sa.any_(_array(columns[0].type, list(rows), dialect))
    given = zip(columns, zip(*rows, strict=True), strict=True)
    arrays = [sa.func.unnest(_array(column.type, values, dialect)) for column, values in given]
    return sa.tuple_(*columns).in_(sa.select(*arrays))


def _says_something(column: Any, values: Sequence[Any]) -> bool:
    """Whether a column must be named: one that is empty in every row and empty by default need not."""
    is_empty = column.default is None and column.server_default is None and column.nullable
    return not is_empty or any(value is not None for value in values)


def _array(kind: Any, values: Sequence[Any], dialect: sa.Dialect) -> sa.ColumnElement[Any]:
    bind = kind.dialect_impl(dialect).bind_processor(dialect)
    cells = values if bind is None else [bind(value) for value in values]
    plain = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    write = _quoted if isinstance(plain, (sa.String, sa.JSON)) else str
    array = ",".join(["NULL" if cell is None else write(cell) for cell in cells])
    # Texts are only measured when they are stored: a cast to VARCHAR(n) would cut them off in silence.
    plain = sa.Text() if isinstance(plain, sa.String) else plain
    return sa.cast(sa.literal(f"{{{array}}}", sa.Text()), sa.ARRAY(plain))


def _quoted(text: str) -> str:
    """Return a text as PostgreSQL reads it within an array."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
