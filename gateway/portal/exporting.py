"""Any list of the console as a file: its filters kept, read page by page, with words instead of codes.

Belongs here: the mechanism. Which lists there are and what their columns show stands in `exports`. Formulas are
defused by `chassis.sheets`. Where a list shows people the export states its purpose and is logged.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from gateway.calls import call
from gateway.identity.current import current_principal
from gateway.portal import words
from gateway.portal.formats import as_date, name_of, stamp
from gateway.portal.people import names, units
from gateway.runtime import gateway
from services.chassis.clock import today
from services.chassis.context import CallContext
from services.chassis.errors import InvalidInput
from services.chassis.history import note_access
from services.chassis.schema import Operation
from services.chassis.sheets import MEDIA_TYPES, write_csv, write_xlsx

KINDS = {"xlsx": "Excel (.xlsx)", "csv": "CSV UTF-8", "csv-gb18030": "CSV GB18030"}
MOST_ROWS = 20_000
"""Rows a page hands out itself; larger lists are long work, or to be narrowed."""
PAGE = 100


@dataclass(frozen=True)
class Column:
    """A column: the field of an item, its heading, and how it is shown.

    Args:
        key: the field.
        heading: what stands above it.
        how: "text", "day", "stamp", "money", "unit", "member", "yes" or the name of a table of words.
    """

    key: str
    heading: Any
    how: str = "text"


@dataclass(frozen=True)
class Exportable:
    """A list that can be had as a file.

    Args:
        title: begins the file's name.
        operation: the list's query.
        columns: in order.
        roles: who may.
        personal: whether it shows people, so that a purpose is asked for and logged.
        payload: makes the query's request of the filters in the address; drops what it doesn't know.
    """

    title: Any
    operation: Operation
    columns: tuple[Column, ...]
    roles: frozenset[str] = frozenset({"officer", "auditor"})
    personal: bool = True
    payload: Callable[[dict[str, str]], dict[str, Any]] = field(default=lambda values: dict(values))


def file_of(name: str, what: Exportable, values: Mapping[str, str], kind: str, purpose: str) -> dict[str, Any]:
    """Return a list as a file.

    Args:
        name: of the list, for the log.
        what: the list.
        values: the filters chosen on its page.
        kind: one of `KINDS`.
        purpose: why, where people are shown.

    Raises:
        InvalidInput: the purpose is missing, or the list is too long for one answer.
    """
    require_purpose(what, purpose)
    asked = what.payload(dict(values))
    columns = [(column.key, str(column.heading)) for column in what.columns]
    rows = list(_rows(what, asked))
    content = written(columns, rows, kind)
    _note(name, what, len(rows), purpose)
    return as_file(str(what.title), kind, content)


def require_purpose(what: Exportable, purpose: str) -> None:
    """Raise unless a purpose is stated where people are shown."""
    if what.personal and not 2 <= len(purpose) <= 200:
        raise InvalidInput("State what the list is for.", rule="export.purpose_is_stated", field="purpose")


def written(columns: list[tuple[str, str]], rows: Any, kind: str) -> bytes:
    """Return rows as the bytes of a kind of file."""
    if kind == "xlsx":
        return write_xlsx(columns, rows)
    return write_csv(columns, rows, encoding="gb18030" if kind == "csv-gb18030" else "utf-8")


def as_file(title: str, kind: str, content: bytes) -> dict[str, Any]:
    """Return bytes as the reply a download is made of."""
    ending = kind.partition("-")[0]
    encoded = base64.b64encode(content).decode("ascii")
    return {"name": f"{title}-{today():%Y%m%d}.{ending}", "media_type": MEDIA_TYPES[ending], "content": encoded}


def _rows(what: Exportable, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    cursor, count = None, 0
    while True:
        page = call(what.operation, {**asked, "limit": PAGE, **({"cursor": cursor} if cursor else {})})
        count += len(page["items"])
        if count > MOST_ROWS:
            detail = f"The list has more than {MOST_ROWS} rows; narrow it."
            raise InvalidInput(detail, rule="export.list_is_short_enough", params={"most": MOST_ROWS})
        yield from _shown(what, page["items"])
        cursor = page.get("next_cursor")
        if not cursor:
            return


def _shown(what: Exportable, items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    people = names(items, *(column.key for column in what.columns if column.how == "member"))
    for item in items:
        yield {column.key: _value(column, item.get(column.key), people) for column in what.columns}


def _value(column: Column, value: Any, people: Mapping[str, str]) -> Any:
    if value is None or value == "":
        return None
    if column.how in _READERS:
        return _READERS[column.how](value)
    if column.how == "member":
        return people.get(value, value)
    return str(words.words(value, column.how)) if column.how != "text" else value


_READERS: dict[str, Callable[[Any], Any]] = {
    "day": as_date,
    "stamp": stamp,
    "money": lambda value: Decimal(str(value)),
    "unit": lambda value: name_of(units().get(str(value))),
    "yes": lambda value: gettext("是") if value else gettext("否"),
}


def _note(name: str, what: Exportable, rows: int, purpose: str) -> None:
    """Keep who took which list for what; the lists of people a service logs itself are logged there too."""
    if not what.personal:
        return
    with gateway().transaction(CallContext(principal=current_principal())) as tx:
        note_access(tx, f"list/{name}", f"{rows} rows", purpose)
