"""Upserts of copies of other services' data: the newest event wins, in whatever order events arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.chassis.database.bulk import columns_of, prepared_insert
from services.chassis.database.transaction import Transaction


def keep_newest(
    tx: Transaction,
    model: Any,
    rows: Iterable[Mapping[str, Any]],
    *,
    key: Sequence[str],
    order: str = "sequence",
    ties: bool = False,
    untouched: Sequence[str] = (),
) -> int:
    """Insert rows, or update existing ones if the new row is newer; return how many were sent to the database.

    Args:
        tx: the transaction.
        model: the mapped class; columns that are not in the rows are not changed.
        rows: all with the same columns; of several with one key the newest is used.
        key: columns that identify a row.
        order: the column that decides which is newer.
        ties: whether an equally new row replaces the existing one.
        untouched: columns that are set on insert only.
    """
    newest: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        identity = tuple(row[name] for name in key)
        standing = newest.get(identity)
        if standing is None or row[order] >= standing[order]:
            newest[identity] = row
    found = [newest[identity] for identity in sorted(newest, key=str)]
    if not found:
        return 0
    table = model.__table__
    statement, parameters = prepared_insert(tx.session, table, columns_of(found), {})
    new, stands = statement.excluded[order], table.c[order]
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: statement.excluded[name] for name in found[0] if name not in (*key, *untouched)},
        where=new >= stands if ties else new > stands,
    )
    tx.session.execute(statement, parameters)
    return len(found)


def insert_new(tx: Transaction, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, and don't change existing ones."""
    if rows:
        statement, parameters = prepared_insert(tx.session, model.__table__, columns_of(rows), {})
        tx.session.execute(statement.on_conflict_do_nothing(), parameters)
