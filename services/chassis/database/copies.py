"""Copies of another service's rows, kept by events that may arrive in any order and more than once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from services.chassis.database.bulk import ROWS_PER_STATEMENT
from services.chassis.database.engine import upsert

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Also = Callable[[Any], Mapping[str, Any]]


def keep_newest(
    session: Session,
    table: Any,
    rows: Sequence[Mapping[str, Any]],
    key: str,
    parts: Mapping[str, Sequence[str]],
    also: Also | None = None,
) -> None:
    """Insert rows, or update the parts of stored rows that are older; newer parts stay as they are.

    Args:
        session: whose database it is for.
        table: the table of the copy.
        rows: complete rows, all with the same columns, each key once.
        key: the column of the primary key.
        parts: by the column with the sequence of the event that a part is from, the columns of the part.
        also: given the offered row, what further columns of a stored row become.
    """
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        statement = upsert(session, table).values(list(rows[start : start + ROWS_PER_STATEMENT]))
        offered = statement.excluded
        changes: dict[str, Any] = dict(also(offered)) if also else {}
        for sequence, columns in parts.items():
            is_newer = offered[sequence] > getattr(table, sequence)
            for name in (*columns, sequence):
                changes[name] = sa.case((is_newer, offered[name]), else_=getattr(table, name))
        session.execute(statement.on_conflict_do_update(index_elements=[key], set_=changes))
    session.expire_all()
