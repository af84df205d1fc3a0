"""Tables in files: xlsx and csv written, and read with every trap refused. What the columns mean is decided elsewhere.

Texts stay texts: nothing written here is ever a formula, and in csv a cell that a spreadsheet would take for one (it
begins with = + - @, their full-width forms, a tab or a line's end) gets an apostrophe in front, which reading takes
off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import python_calamine
import xlsxwriter

from services.chassis import csv_text
from services.chassis.workbook_safety import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    raise_too_large,
    refusal,
    require_safe_workbook,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}
LONGEST_CELL = 5_000

_EXACT_INTEGER = 10**15
_MOST_TITLE_ROWS = 20
_WIDEST = 40

Columns = Sequence[tuple[str, str]]
"""(key in the row, heading) of each column."""
Row = tuple[int, dict[str, str]]
"""The row's number as a spreadsheet shows it, and its texts by heading."""


@dataclass(frozen=True)
class Sheet:
    """A table that was read: its headings in order, and its rows, read as they are asked for; `most` bounds them."""

    headings: list[str]
    rows: Iterator[Row]
    most: int


def write_xlsx(columns: Columns, rows: Iterable[Mapping[str, Any]], *, title: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet with a header that stays in view; rows are written as they come.

    Args:
        columns: (key, heading) in order.
        rows: values by key: texts stay texts, numbers, `Decimal` (money) and days become real ones, None is empty.
        title: of the sheet, at most 31 characters without any of `[]:*?/` and backslash.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet(title)
    styles = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    header = book.add_format({"bold": True, "bg_color": "#EDEDED", "bottom": 1, "text_wrap": True})
    for place, (_, heading) in enumerate(columns):
        sheet.set_column(place, place, min(_WIDEST, max(10, 2 * len(heading) + 2)))
    for place, (_, heading) in enumerate(columns):
        sheet.write_string(0, place, heading, header)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, (key, _) in enumerate(columns):
            _write_cell(sheet, last, place, row.get(key), styles)
    sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
    book.close()
    return stream.getvalue()


def _write_cell(sheet: Any, row: int, place: int, value: Any, styles: Mapping[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None), styles[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, styles[date])
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), styles[Decimal])
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _EXACT_INTEGER:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value)[:32_767])


def write_csv(
    columns: Columns, rows: Iterable[Mapping[str, Any]], *, encoding: Literal["utf-8", "gb18030"] = "utf-8"
) -> bytes:
    """Return a csv with header, CRLF lines; UTF-8 with the mark Excel looks for, or GB18030.

    Args:
        columns: (key, heading) in order.
        rows: values by key; texts that a spreadsheet would calculate get an apostrophe in front (CSV injection).
        encoding: GB18030 for older programs.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([csv_text.defused(heading) for _, heading in columns])
    writer.writerows([_csv_cell(row.get(key)) for key, _ in columns] for row in rows)
    return stream.getvalue().encode("utf-8-sig" if encoding == "utf-8" else "gb18030")


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return csv_text.defused(value)
    return "" if value is None else _as_text(value)


def read_rows(name: str, content: bytes) -> Iterator[Row]:
    """Yield (row number, texts by heading) of the first visible sheet or the csv; see `read_sheet`."""
    return read_sheet(name, content).rows


def read_sheet(name: str, content: bytes) -> Sheet:
    """Read a table: the first row with two filled cells is the header, empty rows are passed over.

    Days are texts like 2023-09-01, whole numbers have no point, an empty cell is "". A number of more than 15 digits,
    which a spreadsheet has already rounded, comes as 1.1E+17 so that nothing takes it for what was typed.

    Args:
        name: of the file; its ending says what it should be.
        content: the bytes.

    Raises:
        InvalidInput: naming the rule: those of `require_safe_workbook`, and `sheet.encoding_is_known`,
            `sheet.has_a_header`, `sheet.headings_differ`, `sheet.cells_are_short_enough`. While the rows are read:
            `sheet.fits_the_limits`, `sheet.no_formulas` and `sheet.cells_are_short_enough`.
    """
    if kind_of(name) == "xlsx":
        offset, most, lines = _workbook_lines(content)
    else:
        if len(content) > MOST_BYTES:
            raise refusal("file_is_small_enough", "The file is larger than 20 MB.", most=MOST_BYTES)
        offset, most, lines = 0, content.count(b"\n"), csv_text.lines_of(content)
    numbered = ((number, [_cell_text(cell) for cell in cells]) for number, cells in lines)
    return _with_header(numbered, offset, most)


def kind_of(name: str) -> str:
    """Return "xlsx" or "csv" as the name of a file ends. Raises `InvalidInput` for what is not read."""
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsm", "xltm", "xlam"}:
        raise refusal("no_macros", "The workbook holds macros; save it as a plain .xlsx.")
    if ending not in MEDIA_TYPES:
        raise refusal("format_is_known", "Only .xlsx and .csv files are read.")
    return ending


def _workbook_lines(content: bytes) -> tuple[int, int, Iterator[tuple[int, Sequence[Any]]]]:
    require_safe_workbook(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = python_calamine.SheetVisibleEnum.Visible
        name = next((sheet.name for sheet in book.sheets_metadata if sheet.visible == visible), None)
        if name is None:
            raise refusal("has_a_header", "The workbook has no visible sheet.")
        sheet = book.get_sheet_by_name(name)
    except python_calamine.CalamineError:
        raise refusal("format_is_known", "The file is not a sound .xlsx workbook.") from None
    return (sheet.start or (0, 0))[1], sheet.total_height, enumerate(sheet.iter_rows(), 1)


def _with_header(lines: Iterator[tuple[int, list[str]]], offset: int, most: int) -> Sheet:
    for number, cells in lines:
        if sum(1 for cell in cells if cell) > 1:
            headings = _headings(cells, offset)
            return Sheet([heading for heading in headings if heading], _rows(lines, headings, number), most)
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
    # A column without a heading is called by its letter, so that what stands in it is not lost unseen.
    return [heading or f"({column_letter(place + offset)})" for place, heading in enumerate(headings)]


def column_letter(place: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def _rows(lines: Iterator[tuple[int, list[str]]], headings: list[str], header: int) -> Iterator[Row]:
    for number, cells in lines:
        if number - header > MOST_ROWS:
            raise_too_large()
        if any(cells):
            cells += [""] * (len(headings) - len(cells))
            yield number, dict(zip(headings, cells, strict=False))


def _cell_text(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else _as_text(value)
    if len(text) > LONGEST_CELL:
        detail = f"A cell holds more than {LONGEST_CELL} characters."
        raise refusal("cells_are_short_enough", detail, most=LONGEST_CELL)
    return text


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < _EXACT_INTEGER else f"{value:.14E}"
        return f"{value:.15g}"
    if isinstance(value, datetime):
        day = value.replace(tzinfo=None)
        return day.date().isoformat() if day.time() == time() else day.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
