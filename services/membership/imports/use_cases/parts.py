"""Rows of an import, sealed in parts: packed, encrypted as one, opened again. Nothing is decided here."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.json_bytes import encode
from services.membership.imports.tables import RosterPart
from services.membership.imports.use_cases.table_files import TableRow

ROWS_PER_PART = 500
_KEY = struct.Struct(">I16s16s")
_STAFF_KEY = struct.Struct(">I16s")


def seal(rows: Any) -> bytes:
    """Return JSON values packed; the column encrypts them."""
    return zlib.compress(encode(rows), 1)


def rows_of(tx: Transaction, import_id: UUID, part: int) -> list[TableRow]:
    """Return the rows of a part as they stand in the file.

    Raises:
        NotFound: they were erased.
    """
    return [TableRow(*row) for row in _opened(tx, import_id, part, RosterPart.cells)]


def people_of(tx: Transaction, import_id: UUID, part: int) -> list[dict[str, Any]]:
    """Return what the dry run made of a part: row, kind of duplicate, member, person.

    Raises:
        NotFound: they were erased.
    """
    return list(_opened(tx, import_id, part, RosterPart.people))


def _opened(tx: Transaction, import_id: UUID, part: int, column: Any) -> list[Any]:
    statement = sa.select(column).where(RosterPart.import_id == import_id, RosterPart.part == part)
    content = tx.session.scalar(statement)
    if content is None:
        raise NotFound("The rows of this import were erased.", rule="imports.rows_are_kept")
    rows: list[Any] = json.loads(zlib.decompress(content))
    return rows


def packed_keys(keys: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """Return (row, digest of the person, digest of name with birth and unit) of sound rows, 36 bytes each."""
    return b"".join(_KEY.pack(*key) for key in keys)


def packed_staff_keys(keys: Iterable[tuple[int, bytes]]) -> bytes:
    """Return (row, digest of the staff number) of sound rows that have one, 20 bytes each."""
    return b"".join(_STAFF_KEY.pack(*key) for key in keys)


def earlier_keys(tx: Transaction, import_id: UUID, part: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the keys of the sound rows in the parts before."""
    yield from _of_parts_before(tx, import_id, part, RosterPart.keys, _KEY)


def earlier_staff_keys(tx: Transaction, import_id: UUID, part: int) -> Iterator[tuple[int, bytes]]:
    """Yield the staff keys of the sound rows in the parts before."""
    yield from _of_parts_before(tx, import_id, part, RosterPart.staff_keys, _STAFF_KEY)


def _of_parts_before(
    tx: Transaction, import_id: UUID, part: int, column: Any, packing: struct.Struct
) -> Iterator[tuple[Any, ...]]:
    statement = (
        sa.select(column)
        .where(RosterPart.import_id == import_id, RosterPart.part < part, column.is_not(None))
        .order_by(RosterPart.part)
    )
    for keys in tx.session.scalars(statement):
        yield from packing.iter_unpack(keys or b"")
