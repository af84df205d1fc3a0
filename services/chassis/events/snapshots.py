"""Pages of the present state, for subscribers that then follow the events: each row has its subject's sequence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.events import outbox


def snapshot_page(
    tx: Transaction, statement: sa.Select, key: Any, kind: str, request: Mapping[str, Any], most: int
) -> dict[str, Any]:
    """Return one page in the order of ids.

    The sequences are read before the rows. A later statement may see newer data, so a row can be newer than its
    sequence, never older: then the subscriber applies its last events again, and misses none.

    Args:
        tx: the transaction.
        statement: a select of named columns, among them `key`.
        key: the column of the id, labelled `<kind>_id` in the statement.
        kind: the first word of the events' subjects, as in `member/{member_id}`.
        request: `cursor` and `limit`.
        most: rows a page may have.
    """
    ids = page_of(tx, statement.with_only_columns(key), request, [(key, "asc")], most=most)
    sequences = outbox.sequences_of(tx.session, [f"{kind}/{one}" for one in ids.rows])
    rows = tx.session.execute(statement.where(key.in_(ids.rows)).order_by(key)).mappings()
    items = [{**row, "sequence": sequences.get(f"{kind}/{row[f'{kind}_id']}", 0)} for row in rows]
    return ids.reply(items, read_at=tx.now)
