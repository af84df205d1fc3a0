"""Pages by key: a page begins behind the last row of the page before, so that new rows shift nothing.

The cursor is sealed: it holds the key values of the last row, which may be a name and travels in addresses, and the
sort it belongs to. Numbered pages and counts don't belong here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import ColumnElement, Select, and_, literal, or_, tuple_

from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.process.settings import settings

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

DEFAULT_LIMIT = 20
LIMIT_CEILING = 100

Key = tuple[Any, str]

_WRITERS: dict[type, tuple[str, Any]] = {
    UUID: ("uuid", str),
    datetime: ("instant", datetime.isoformat),
    date: ("day", date.isoformat),
    Decimal: ("decimal", str),
}
_READERS: dict[str, Any] = {
    "uuid": UUID,
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "decimal": Decimal,
}


@dataclass(frozen=True)
class Page:
    """The rows of one page and the cursor of the next, None on the last."""

    rows: list[Any]
    next_cursor: str | None

    def reply(self, items: Sequence[Any] | None = None, **more: Any) -> dict[str, Any]:
        """Return the reply of a list: the items (the rows, if none are given), the cursor, and what is added to it."""
        return {"items": self.rows if items is None else items, "next_cursor": self.next_cursor, **more}


def page_of(
    tx: Transaction, statement: Select, request: Mapping[str, Any], keys: Sequence[Key], *, most: int = LIMIT_CEILING
) -> Page:
    """Run `statement` for the page that the request of a list asks for; see `paginate`."""
    return paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"], most=most)


def paginate(
    tx: Transaction,
    statement: Select,
    *,
    keys: Sequence[Key],
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
    most: int = LIMIT_CEILING,
) -> Page:
    """Run `statement` for one page.

    Args:
        tx: the transaction.
        statement: a select of rows (no aggregate) without order and limit; joins and filters are its own.
        keys: (column, "asc" or "desc") from the first sort to a last one that is unique; none may be NULL.
        cursor: `next_cursor` of the page before, None or empty for the first page.
        limit: rows wanted, 1 to `most`.
        most: rows a page may have; 100 unless the list is for programs and its rows are small.

    Returns:
        The page. A select of one entity or column has that itself as row, a select of several has named tuples.

    Raises:
        InvalidInput: `field="cursor"` when the cursor was tampered with or belongs to another sort;
            `field="limit"` when out of range.
    """
    if not 1 <= limit <= most:
        detail = f"The limit must be between 1 and {most}."
        raise InvalidInput(InputError("input.out_of_range", detail, min=1, max=most), field="limit")
    sort = [f"{column} {direction}" for column, direction in keys]
    if cursor:
        statement = statement.where(_behind(keys, _open_cursor(cursor, sort)))
    width = len(statement.column_descriptions)
    ordered = statement.order_by(None).order_by(
        *(column.desc() if direction == "desc" else column.asc() for column, direction in keys)
    )
    marked = ordered.add_columns(*(column.label(f"_key_{place}") for place, (column, _) in enumerate(keys)))
    found = tx.session.execute(marked.limit(limit + 1)).freeze()
    marks = [row[width:] for row in found().all()]
    shown = found().columns(*range(width))
    rows = list(shown.scalars() if width == 1 else shown)[:limit]
    return Page(rows, _seal_cursor(marks[limit - 1], sort) if len(marks) > limit else None)


def _behind(keys: Sequence[Key], marks: Sequence[Any]) -> ColumnElement[bool]:
    """Express "sorted after the row with these key values"; one direction is one comparison of rows."""
    columns = [column for column, _ in keys]
    values = [literal(mark, column.type) for column, mark in zip(columns, marks, strict=True)]
    directions = {direction for _, direction in keys}
    if len(directions) == 1:
        left, right = tuple_(*columns), tuple_(*values)
        return left < right if directions == {"desc"} else left > right
    alternatives: list[ColumnElement[bool]] = []
    equal_so_far: list[ColumnElement[bool]] = []
    for (column, direction), value in zip(keys, values, strict=True):
        alternatives.append(and_(*equal_so_far, column < value if direction == "desc" else column > value))
        equal_so_far.append(column == value)
    first, direction = keys[0]
    # Implied by the other conditions, but it gives the database a range of the index to start at.
    bound = first <= values[0] if direction == "desc" else first >= values[0]
    return and_(bound, or_(*alternatives))


def require_no_cursor(request: Mapping[str, Any]) -> None:
    """Require that a list which is one page whole, and so gave no cursor, is asked for without one.

    Raises:
        InvalidInput: there is a cursor.
    """
    if request["cursor"] is not None:
        raise InvalidInput(InputError("input.cursor_unknown", "This list has one page."), field="cursor")


def _seal_cursor(marks: Sequence[Any], sort: list[str]) -> str:
    content = json.dumps([sort, [_to_json(mark) for mark in marks]], ensure_ascii=False, separators=(",", ":"))
    return _sealer(settings().signing_key).encrypt(content.encode()).decode("ascii").rstrip("=")


def _open_cursor(cursor: str, sort: list[str]) -> list[Any]:
    try:
        token = cursor + "=" * (-len(cursor) % 4)
        if base64.urlsafe_b64encode(base64.urlsafe_b64decode(token)).decode() != token:
            raise InvalidToken
        of_sort, marks = json.loads(_sealer(settings().signing_key).decrypt(token))
    except (InvalidToken, binascii.Error, ValueError):
        error = InputError("input.cursor_unknown", "The cursor is not one of ours.")
        raise InvalidInput(error, field="cursor") from None
    if of_sort != sort:
        detail = "The cursor belongs to another sort; begin at the first page."
        raise InvalidInput(InputError("input.cursor_of_other_sort", detail), field="cursor")
    return [_from_json(mark) for mark in marks]


@lru_cache(maxsize=4)
def _sealer(signing_key: str) -> Fernet:
    digest = hashlib.sha256(b"pagination\x1f" + signing_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _to_json(mark: Any) -> Any:
    if mark is None:
        raise ValueError("a pagination key was NULL")
    kind = _WRITERS.get(type(mark))
    return {kind[0]: kind[1](mark)} if kind else mark


def _from_json(mark: Any) -> Any:
    if isinstance(mark, dict):
        ((kind, text),) = mark.items()
        return _READERS[kind](text)
    return mark
