"""Tables as people hand them in: files with one or two rows of headings, and lists typed or pasted. One reader for all.

Belongs here: which cells stand under which heading. Not: what a column or a cell means (`rules`, `row_validation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from services.chassis.files.spreadsheets import read_sheet
from services.membership.imports import heading_rules as rules

_TYPED_SEPARATORS = re.compile(r"[,，;；]")


@dataclass(frozen=True)
class TableRow:
    """A row: its number as people see it, its cells below the headings, filled cells beyond them by their letter."""

    number: int
    cells: list[str]
    beyond: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table that was read: its headings, its rows as they are asked for, and how many they are at most."""

    headings: list[str]
    rows: Iterator[TableRow]
    most: int


def read_table(name: str, content: bytes, begun: list[str] | None = None) -> Table:
    """Read a file; see `services.chassis.files.spreadsheets.read_sheet`. Two rows of headings become one.

    Args:
        name: of the file.
        content: the bytes.
        begun: the headings reading was begun with, where it goes on: a version before may have left two rows as they
            were.

    Raises:
        InvalidInput: the file is none that is read.
    """
    sheet = read_sheet(name, content)
    rows = iter(sheet.rows)
    first = next(rows, None)
    if first is None:
        return Table(sheet.headings, iter(()), sheet.most)
    folded = rules.folded_headings(sheet.headings, first[1])
    folded = folded if begun is None or folded == begun else None
    keys = [*sheet.headings, *(key for key in first[1] if key not in sheet.headings)] if folded else sheet.headings
    following = rows if folded else chain([first], rows)
    return Table(folded or sheet.headings, (_row(number, texts, keys) for number, texts in following), sheet.most)


def _row(number: int, texts: Mapping[str, str], keys: list[str]) -> TableRow:
    if len(texts) <= len(keys):
        return TableRow(number, [_said(texts.get(key, "")) for key in keys])
    beyond = {key: text for key, text in texts.items() if key not in keys}
    return TableRow(number, [_said(texts.get(key, "")) for key in keys], beyond)


def _said(text: str) -> str:
    """Take off the apostrophe by which people tell a spreadsheet that digits are a text."""
    return text[1:] if text[:1] in ("'", "’", "‘") and text[1:2].isdigit() else text


def typed_table(text: str, columns: list[str]) -> Table:
    """Read a list as typed or pasted, a person in each line: between tabs, or else between commas or semicolons.

    Args:
        text: the lines; empty ones are passed over, and count all the same.
        columns: what the columns hold when the first line says no headings.
    """
    lines = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and len([name for name in rules.guessed_mapping(lines[0][1]).values() if name]) > 1:
        columns = lines.pop(0)[1]
    return Table(columns, (_typed_row(number, cells, len(columns)) for number, cells in lines), len(lines))


def _cells(line: str) -> list[str]:
    return [_said(cell.strip()) for cell in (line.split("\t") if "\t" in line else _TYPED_SEPARATORS.split(line))]


def _typed_row(number: int, cells: list[str], width: int) -> TableRow:
    beyond = {f"({place + 1})": cell for place, cell in enumerate(cells) if place >= width and cell}
    return TableRow(number, (cells + [""] * width)[:width], beyond)
