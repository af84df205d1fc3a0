"""Reads a table, xlsx or csv, to texts. Runs in the process for untrusted files; see `spreadsheets.read_sheet`."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from services.chassis.files import csv_text
from services.chassis.files.workbook_parts import PARTS, require_plain_cells, sheet_parts
from services.chassis.files.workbook_safety import MOST_COLUMNS, MOST_ROWS, Archive, raise_too_large, refusal
from services.chassis.plain_text import cleaned

EXACT_INTEGER = 10**15
LONGEST_CELL = 5_000
MOST_TEXT = 128 * 1024 * 1024
"""Characters of all cells together; a few bytes of a workbook can repeat a long text in every cell."""
_MOST_TITLE_ROWS = 20
_PIECE_CELLS = 20_000
_PIECE_TEXT = 4 * 1024 * 1024

_Lines = Iterator[tuple[int, Sequence[Any]]]
_NumberedTexts = tuple[int, list[str]]


def table(content: bytes, kind: str) -> Iterator[Any]:
    """Yield the headings of a table, then its rows in packed pieces, each followed by how many it holds.

    Args:
        content: the bytes.
        kind: "xlsx" or "csv".

    Raises:
        InvalidInput: as in `spreadsheets.read_sheet`.
    """
    offset, lines = _workbook_lines(content) if kind == "xlsx" else (0, csv_text.lines_of(content))
    texts = ((number, [_cell_text(cell) for cell in cells]) for number, cells in lines)
    header, headings = _header(texts, offset)
    yield headings
    for piece in _pieces(_rows(texts, headings, header, offset)):
        yield zlib.compress(json.dumps(piece, ensure_ascii=False).encode(), 1)
        yield len(piece)


def _workbook_lines(content: bytes) -> tuple[int, _Lines]:
    # Imported here: only the process that reads workbooks needs the library.
    import python_calamine

    archive = Archive(content)
    known = PARTS & archive.names()
    parts = sheet_parts({name: archive.part(name) for name in known}, archive.names())
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = python_calamine.SheetVisibleEnum.Visible
        name = next(
            (sheet.name for sheet in book.sheets_metadata if sheet.visible == shown and sheet.name in parts), None
        )
        if name is None:
            raise refusal("has_a_header", "The workbook has no visible sheet.")
        require_plain_cells(archive.pieces(parts[name]))
        sheet = book.get_sheet_by_name(name)
    except python_calamine.CalamineError:
        raise refusal("format_is_known", "The file is not a sound .xlsx workbook.") from None
    return (sheet.start or (0, 0))[1], enumerate(sheet.iter_rows(), 1)


def _header(lines: Iterator[_NumberedTexts], offset: int) -> tuple[int, list[str]]:
    for number, cells in lines:
        if sum(1 for cell in cells if cell) > 1:
            return number, _headings(cells, offset)
        if number >= _MOST_TITLE_ROWS:
            break
    raise refusal("has_a_header", "No row with headings was found in the first 20 rows.")


def _headings(cells: list[str], offset: int) -> list[str]:
    headings = [" ".join(cell.split()) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise_too_large()
    stated = [heading for heading in headings if heading]
    twice = sorted({heading for heading in stated if stated.count(heading) > 1})
    if twice:
        raise refusal("headings_differ", "A heading stands twice.", headings=twice[:5])
    # A column without a heading is named by its letter, so that its content is not lost.
    return [heading or _letters(place + offset) for place, heading in enumerate(headings)]


def _letters(place: int) -> str:
    return f"({column_letter(place)})"


def column_letter(place: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def _rows(
    lines: Iterable[_NumberedTexts], headings: list[str], header: int, offset: int
) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """Yield (number, texts of columns with heading, texts of other columns by letter) of each row that is not empty."""
    width = len(headings)
    for number, cells in lines:
        if number - header > MOST_ROWS:
            raise_too_large()
        if any(cells):
            beyond = {_letters(place + offset): text for place, text in enumerate(cells[width:], width) if text}
            yield number, cells[:width] + [""] * (width - len(cells)), beyond


def _pieces(rows: Iterable[tuple[int, list[str], dict[str, str]]]) -> Iterator[list[Any]]:
    piece: list[Any] = []
    cells = text = total = 0
    for row in rows:
        piece.append(row)
        size = sum(map(len, row[1])) + sum(map(len, row[2].values()))
        cells, text, total = cells + len(row[1]), text + size, total + size
        if total > MOST_TEXT:
            detail = "The workbook repeats long texts too often."
            raise refusal("unpacks_to_a_bounded_size", detail, most_bytes=MOST_TEXT)
        if cells > _PIECE_CELLS or text > _PIECE_TEXT:
            yield piece
            piece, cells, text = [], 0, 0
    if piece:
        yield piece


def _cell_text(value: Any) -> str:
    text = cleaned(value) if isinstance(value, str) else as_text(value)
    if len(text) > LONGEST_CELL:
        detail = f"A cell holds more than {LONGEST_CELL} characters."
        raise refusal("cells_are_short_enough", detail, most=LONGEST_CELL)
    return text


def as_text(value: Any) -> str:
    """Return a value of a cell as a text: days like 2023-09-01, whole numbers without a point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < EXACT_INTEGER else f"{value:.14E}"
        return f"{value:.15g}"
    if isinstance(value, datetime):
        day = value.replace(tzinfo=None)
        return day.date().isoformat() if day.time() == time() else day.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
