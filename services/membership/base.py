"""What all membership tables share: the declarative base, text searched by its beginning, indexes over some rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.database import declarative_base, upsert

Base = declarative_base("membership")

_BEHIND_EVERYTHING = "\U0010ffff"


def key_text(length: int) -> sa.types.TypeEngine[str]:
    """Return a text type sorted by code point on every database, so that one index serves sorts and beginnings."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def begins(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that a `key_text` column begins with a text: a range, which the column's index serves."""
    return sa.and_(column >= text, column < text + _BEHIND_EVERYTHING)


def is_one_of(column: Any, values: Collection[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a column holds one of fixed words, written into the statement as they are.

    An index over some rows only serves a statement whose condition reads like its own; SQLite never compares it with
    bound values.
    """
    words: Any = sa.bindparam(None, list(values), unique=True, expanding=True, literal_execute=True)
    return column.in_(words)


def is_word(column: Any, value: str) -> sa.ColumnElement[bool]:
    """Return the condition that a column holds a fixed word; see `is_one_of`."""
    return column == sa.bindparam(None, value, unique=True, literal_execute=True)


def insert_new(
    session: Session, table: Any, columns: Mapping[str, Sequence[Any]], fixed: Mapping[str, Any], key: Sequence[str]
) -> int:
    """Insert many rows given by column, passing over those that are there; return how many are new.

    PostgreSQL gets an array for each column instead of a value for each cell: reading thousands of literals costs it
    several times what writing the rows does.

    Args:
        session: whose database it is for.
        table: the table.
        columns: values by column, equally many of each.
        fixed: values that are the same in every row.
        key: columns of the unique key by which a row is there already.
    """
    new = upsert(session, table)
    rows: list[dict[str, Any]] | None = None
    if session.get_bind().dialect.name == "postgresql":
        arrays = [_unnested(table.c[name].type, values) for name, values in columns.items()]
        same = [sa.literal(value, table.c[name].type) for name, value in fixed.items()]
        new = new.from_select([*columns, *fixed], sa.select(*arrays, *same))
    else:
        cells = zip(*columns.values(), strict=True)
        rows = [{**dict(zip(columns, row, strict=True)), **fixed} for row in cells]
    stored = new.on_conflict_do_nothing(index_elements=key).returning(table.c[key[0]])
    return len(session.connection().execute(stored, rows).all())


def _unnested(kind: Any, values: Sequence[Any]) -> sa.ColumnElement[Any]:
    plain = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    array = "{" + ",".join(map(str, values)) + "}"
    return sa.func.unnest(sa.cast(sa.literal(array, sa.Text()), sa.ARRAY(plain)))
