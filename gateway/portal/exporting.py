"""What a list of the console is as a file: its columns, with words instead of codes.

The subjects declare the lists; `list_exports` writes the files. `chassis.files.spreadsheets` defuses formulas.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gateway.portal.columns import Column as Column
from gateway.portal.columns import completed, in_file, items_of, members_shown
from gateway.portal.people import OFFICE_ROLES, names
from services.chassis.clock import today
from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import MEDIA_TYPES, write_csv, write_xlsx
from services.chassis.schema import Operation


@dataclass(frozen=True)
class Exportable:
    """A list that can be had as a file.

    Args:
        title: begins the file's name.
        operation: the list's query.
        columns: in order; completed from the contract of the items.
        roles: who may.
        personal: whether it shows people, so that a purpose is asked for and logged.
        read: answers the query where the gateway does so itself; None for another service's.
        payload: makes the query's request of the filters in the address; drops what it doesn't know.
    """

    title: Any
    operation: Operation
    columns: tuple[Column | str, ...]
    roles: frozenset[str] = OFFICE_ROLES
    personal: bool = True
    read: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    payload: Callable[[dict[str, str]], dict[str, Any]] = field(default=lambda values: dict(values))

    @cached_property
    def cells(self) -> tuple[Column, ...]:
        """The columns, completed from the contract."""
        return completed(self.columns, items_of(self.operation))


def request_of(what: Exportable, values: Mapping[str, str], purpose: str) -> dict[str, Any]:
    """Return the request a list is asked for with.

    Raises:
        InvalidInput: the purpose is missing where people are shown.
    """
    require_purpose(what, purpose)
    return what.payload(dict(values))


def require_purpose(what: Exportable, purpose: str) -> None:
    """Raise unless a purpose is stated where people are shown."""
    if what.personal and not 2 <= len(purpose) <= 200:
        raise InvalidInput("State what the list is for.", rule="export.purpose_is_stated", field="purpose")


def written(columns: list[tuple[str, str]], rows: Any, kind: str) -> bytes:
    """Return rows as the bytes of a kind of file."""
    if kind == "xlsx":
        return write_xlsx(columns, rows)
    return write_csv(columns, rows, encoding="gb18030" if kind == "csv-gb18030" else "utf-8")


def media_type_of(kind: str) -> str:
    """Return how a kind of file is served."""
    return MEDIA_TYPES[kind.partition("-")[0]]


def as_file(title: str, kind: str, content: bytes) -> dict[str, Any]:
    """Return bytes as the reply a download is made of."""
    ending = kind.partition("-")[0]
    encoded = base64.b64encode(content).decode("ascii")
    return {"name": f"{title}-{today():%Y%m%d}.{ending}", "media_type": media_type_of(kind), "content": encoded}


def people_in(what: Exportable, items: list[dict[str, Any]]) -> dict[str, str]:
    """Return the names of everybody the items show, by id."""
    return names(items, *members_shown(what.cells))


def shown(what: Exportable, items: list[dict[str, Any]], people: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield items as rows: words instead of codes, names instead of ids."""
    for item in items:
        yield {column.key: in_file(column, item.get(column.key), people) for column in what.cells}
