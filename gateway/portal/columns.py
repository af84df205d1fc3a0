"""Columns of lists: what a column shows of an item, on a page and in a file, with words instead of codes.

What a column is called and how its value reads comes from the contract of the list's items; a declaration says only
what differs from that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, fields

from gateway.portal.form_fields import label_of
from gateway.portal.formats import as_date, money, name_of, plain_day, stamp
from gateway.portal.people import unit_name, units
from gateway.portal.words import words
from services.chassis.schema import Operation
from services.chassis.vocabulary import VOCABULARIES

_TYPES: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.AwareDateTime, "stamp"), (fields.Date, "day"), (fields.Decimal, "money"), (fields.Boolean, "yes"),
    (fields.Integer, "number"),
)  # fmt: skip
_CLASSES = {"money": "number", "number": "number", "day": "nowrap", "member": "name"}


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Args:
        key: the field of an item.
        heading: what stands above it; None for what the contract calls the field.
        how: "text", "number", "day", "stamp", "money", "unit", "member", "yes" or the name of a vocabulary; empty for
            what the type of the field says. A member is shown by name.
        state: whether the word is a state, shown as a tag with its tone.
        macro: of the page's own macros, called with the item, where the cell shows more than the value; None otherwise.
        value: returns what is shown, from the item; None for the field itself.
        blank: what the page shows where there is no value; None for a dash.
        optional: whether the page leaves the column out where no item has a value.
        wide: whether the cell is left out on narrow tables and shown on cards.
        on_page: whether the page shows it.
        in_file: whether exports have it.
    """

    key: str
    heading: Any = None
    how: str = ""
    state: bool = False
    macro: str | None = None
    value: Callable[[Mapping[str, Any]], Any] | None = None
    blank: Any = None
    optional: bool = False
    wide: bool = False
    on_page: bool = True
    in_file: bool = True

    def of(self, item: Mapping[str, Any]) -> Any:
        """Return the value of an item, as the services sent it."""
        return item.get(self.key) if self.value is None else self.value(item)

    @property
    def css(self) -> str:
        """Classes of the cells."""
        kind = "words" if self.how in VOCABULARIES else _CLASSES.get(self.how)
        kind = "nowrap" if kind is None and self.key == "number" else kind
        return " ".join(filter(None, (kind, "wide-cell" if self.wide else None)))


def actions(macro: str) -> Column:
    """Return a column of buttons, drawn by a macro; exports do not have it."""
    return Column("", how="actions", macro=macro, in_file=False)


def only_in_file(*columns: Column | str) -> tuple[Column, ...]:
    """Return columns of the exports of a list whose page shows no table."""
    return tuple(replace(Column(one) if isinstance(one, str) else one, on_page=False) for one in columns)


def items_of(operation: Operation) -> Schema:
    """Return the schema of the items a list's query answers."""
    items = operation.reply_schema.fields["items"]
    assert isinstance(items, fields.List)
    assert isinstance(items.inner, fields.Nested)
    return items.inner.schema


def completed(columns: Sequence[Column | str], item: Schema) -> tuple[Column, ...]:
    """Return columns with headings and kinds of values from the contract where they say nothing themselves.

    Raises:
        LookupError: a column without a macro shows a field the items do not have, or an id, or has no heading anywhere.
    """
    known = item.fields
    return tuple(_completed(Column(one) if isinstance(one, str) else one, known) for one in columns)


def _completed(column: Column, known: Mapping[str, fields.Field[Any]]) -> Column:
    source = known.get(column.key)
    if column.how == "actions":
        return column
    if source is None and column.macro is None and column.value is None:
        raise LookupError(f"items have no field {column.key}")
    heading = column.heading if column.heading is not None or source is None else label_of(source)
    if heading is None:
        raise LookupError(f"the column {column.key} has no heading")
    how = column.how or _kind_of(column.key, source)
    if how == "id" and column.value is None and (column.macro is None or column.in_file):
        raise LookupError(f"the column {column.key} would show an id; `how` says what it is of")
    return replace(column, heading=heading, how=how)


def _kind_of(key: str, source: fields.Field[Any] | None) -> str:
    source = source.inner if isinstance(source, fields.List) else source
    if source is None:
        return "text"
    if "vocabulary" in source.metadata:
        return str(source.metadata["vocabulary"])
    if isinstance(source, fields.UUID):
        return next((how for how in ("unit", "member") if key.endswith(f"{how}_id")), "id")
    if key == "year":
        return "text"
    return next((how for kind, how in _TYPES if isinstance(source, kind)), "text")


def members_shown(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the fields of the columns that show members."""
    return tuple(column.key for column in columns if column.how == "member")


def cell(column: Column, item: Mapping[str, Any], people: Mapping[str, str]) -> Any:
    """Return what a cell of a page shows: words, names and figures as people read them.

    Args:
        column: completed.
        item: of the list.
        people: names by member id.
    """
    value = column.of(item)
    if column.how == "unit":
        return unit_name(value)
    if value is None or value in ("", []):
        return "—" if column.blank is None else column.blank
    if isinstance(value, list):
        return gettext("、").join(str(_on_page(column, one, people)) for one in value)
    return _on_page(column, value, people)


def _on_page(column: Column, value: Any, people: Mapping[str, str]) -> Any:
    if column.how == "member":
        return people.get(value) or gettext("会员")
    if column.how in _ON_PAGE:
        return _ON_PAGE[column.how](value)
    return words(value, column.how)


def in_file(column: Column, value: Any, people: Mapping[str, str]) -> Any:
    """Return what a cell of a file holds: dates and amounts stay such, codes become words."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, list):
        return gettext("、").join(str(in_file(column, one, people)) for one in value)
    if column.how in _IN_FILE:
        return _IN_FILE[column.how](value)
    if column.how == "member":
        return people.get(value, value)
    return str(words(value, column.how))


def _yes(value: Any) -> str:
    return gettext("是") if value else gettext("否")


_ON_PAGE: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: value,
    "number": lambda value: f"{value:,}",
    "day": plain_day,
    "stamp": stamp,
    "money": money,
    "yes": _yes,
}
_IN_FILE: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: value,
    "number": lambda value: value,
    "day": as_date,
    "stamp": stamp,
    "money": lambda value: Decimal(str(value)),
    "unit": lambda value: name_of(units().get(str(value))),
    "yes": _yes,
}
