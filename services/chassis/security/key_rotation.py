"""Re-encrypts values with the first key of the ring, so that older keys can be removed.

Belongs here: processing one column. The caller knows which columns there are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.chassis.database.engine import rows_changed
from services.chassis.security.encryption import EncryptedBytes, EncryptedText, KeyRing, key_ring

BATCH = 500
BATCH_OF_FILES = 10
"""Rows per commit for columns of files, which have megabytes."""


def encrypted_columns(metadata: MetaData) -> list[Column[Any]]:
    """Return every encrypted column of the tables, by table."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (EncryptedText, EncryptedBytes))
    ]


def rotate(session: Session, column: InstrumentedAttribute[Any] | Column[Any], *, batch: int | None = None) -> int:
    """Re-encrypt with the first key every value of `column` that an older key made.

    Rows are taken in key order and committed in batches, so that an interrupted rotation can continue: current values
    are skipped. Services may run meanwhile; their changes are kept. `onupdate` values of the rows are not changed.

    Args:
        session: a session without pending changes; it is committed after each batch.
        column: an encrypted column of a table, or the attribute of a model, as in `Member.phone`.
        batch: rows per commit.

    Returns:
        How many values were re-encrypted.

    Raises:
        ValueError: a value can't be decrypted with any key of the ring; earlier batches stay committed.
        TypeError: the column is not encrypted.
    """
    stored: Any = column.property.columns[0] if isinstance(column, InstrumentedAttribute) else column
    if not isinstance(stored.type, (EncryptedText, EncryptedBytes)):
        raise TypeError(f"{column} is not an encrypted column")
    raw: Any = LargeBinary() if isinstance(stored.type, EncryptedBytes) else Text()
    size = batch or (BATCH if isinstance(stored.type, EncryptedText) else BATCH_OF_FILES)
    table: Table = stored.table
    keys = list(table.primary_key.columns)
    ring = stored.type.ring() if isinstance(stored.type, EncryptedText) else key_ring()
    last: list[Any] | None = None
    changed = 0
    while True:
        query = select(*keys, type_coerce(stored, raw)).where(stored.is_not(None)).order_by(*keys).limit(size)
        rows = session.execute(query if last is None else query.where(_behind(keys, last))).all()
        for *identity, token in rows:
            if not ring.is_current(token):
                this_row = and_(*(key == value for key, value in zip(keys, identity, strict=True)))
                changed += _replace(session, this_row, stored, raw, token, _renewed(ring, token))
        session.commit()
        if len(rows) < size:
            return changed
        last = list(rows[-1][:-1])


def _behind(keys: list[Column[Any]], last: list[Any]) -> ColumnElement[bool]:
    return tuple_(*keys) > tuple_(*(literal(value, key.type) for key, value in zip(keys, last, strict=True)))


def _renewed(ring: KeyRing, token: str | bytes) -> str | bytes:
    if isinstance(token, str):
        return ring.encrypt(ring.decrypt(token))
    return ring.seal(ring.open(bytes(token)))


def _replace(session: Session, this_row: ColumnElement[bool], stored: Column[Any], raw: Any, old: Any, new: Any) -> int:
    """Write a new token unless the value was changed meanwhile."""
    # Setting the onupdate columns to their own value, so that a rotation does not look like a change of the record.
    kept = {column: column for column in stored.table.columns if column.onupdate is not None}
    statement = update(stored.table).where(this_row, type_coerce(stored, raw) == literal(old, raw))
    return rows_changed(session, statement.values({stored: type_coerce(literal(new, raw), raw), **kept}))
