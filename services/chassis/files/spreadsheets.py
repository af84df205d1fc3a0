"""Writes and safely reads tables in xlsx and csv files. Callers decide what the columns mean.

Texts stay texts: no formula is written, and in csv a cell that a spreadsheet would treat as one (it begins with
= + - @, their full-width forms, a tab or a line end) gets an apostrophe in front, which reading removes again.
"""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from services.chassis.files import csv_text, table_reading
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed
from services.chassis.files.table_reading import EXACT_INTEGER, as_text
from services.chassis.files.workbook_safety import MOST_BYTES, refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}
TABLE = Reading(
    "table",
    memory=384 * MEGABYTE,
    cpu_seconds=60,
    seconds=180,
    most_answer=64 * MEGABYTE,
    unreadable=lambda why: refusal("can_be_read", why),
)
"""Limits of reading a table: 100,000 rows of 15 columns take about 250 MB and 8 s."""

_MOST_IN_A_PIECE = 64 * MEGABYTE
_WIDEST = 40

Columns = Sequence[tuple[str, str]]
"""(key in the row, heading) of each column."""
Row = tuple[int, dict[str, str]]
"""The row's number as a spreadsheet shows it, and its texts by heading; a filled cell in a column without heading has
the column's letter as key, such as (F)."""


@dataclass(frozen=True)
class Sheet:
    """A table that was read: its headings in order and an iterator of its rows; there are at most `most` rows."""

    headings: list[str]
    rows: Iterator[Row]
    most: int


def write_xlsx(columns: Columns, rows: Iterable[Mapping[str, Any]], *, title: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet with a frozen header; rows are written as they come.

    Args:
        columns: (key, heading) in order.
        rows: values by key; texts stay texts; numbers, `Decimal` (money) and days get cells of their type; None is
            empty.
        title: of the sheet, at most 31 characters without any of `[]:*?/` and backslash.
    """
    stream = io.BytesIO()
    import xlsxwriter  # 2 MB that a process without exports does without

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
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < EXACT_INTEGER:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value)[:32_767])


def write_csv(
    columns: Columns, rows: Iterable[Mapping[str, Any]], *, encoding: Literal["utf-8", "gb18030"] = "utf-8"
) -> bytes:
    """Return a csv with header and CRLF line ends, in UTF-8 with byte order mark (for Excel) or GB18030.

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
    return "" if value is None else as_text(value)


def read_rows(name: str, content: bytes) -> Iterator[Row]:
    """Yield (row number, texts by heading) of the first visible sheet or the csv; see `read_sheet`."""
    return read_sheet(name, content).rows


def read_sheet(name: str, content: bytes) -> Sheet:
    """Read a table: the first row with two filled cells is the header, empty rows are skipped.

    Days are texts like 2023-09-01, whole numbers have no point, an empty cell is "". A number of more than 15 digits,
    which the spreadsheet has rounded, is returned as 1.1E+17, so that it is not mistaken for what was typed.

    The file is read in a process of its own (`parser_process`); call it from green threads only. The rows stay packed
    until they are asked for.

    Args:
        name: of the file; its extension is the expected format.
        content: the bytes.

    Raises:
        InvalidInput: naming the rule, `sheet.` and one of `file_is_small_enough`, `format_is_known`, `no_macros`,
            `unpacks_to_a_bounded_size`, `no_formulas`, `no_error_values`, `fits_the_limits`, `encoding_is_known`,
            `has_a_header`, `headings_differ`, `cells_are_short_enough`, `can_be_read`.
        Unavailable: too many files are being read.
    """
    kind = kind_of(name)
    if len(content) > MOST_BYTES:
        raise refusal("file_is_small_enough", "The file is larger than 20 MB.", most=MOST_BYTES)
    head, *packed = parsed(TABLE, table_reading.table, content, kind=kind)
    headings = _texts(head)
    return Sheet([heading for heading in headings if heading], _rows(headings, packed), _count_of(packed))


def _rows(headings: list[str], packed: list[Any]) -> Iterator[Row]:
    """Unpack the pieces one after the other; the form of the child's answer is checked."""
    for piece in packed:
        if isinstance(piece, bytes):
            unpacker = zlib.decompressobj()
            rows = json.loads(unpacker.decompress(piece, _MOST_IN_A_PIECE))
            for number, cells, beyond in rows:
                yield int(number), dict(zip(headings, _texts(cells), strict=True)) | beyond


def _count_of(packed: list[Any]) -> int:
    return sum(count for count in packed if isinstance(count, int))


def _texts(found: Any) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise refusal("can_be_read", "The file can't be read.")
    return found


def kind_of(name: str) -> str:
    """Return "xlsx" or "csv" by the extension of a file name. Raises `InvalidInput` for other extensions."""
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsm", "xltm", "xlam"}:
        raise refusal("no_macros", "The workbook holds macros; save it as a plain .xlsx.")
    if ending not in MEDIA_TYPES:
        raise refusal("format_is_known", "Only .xlsx and .csv files are read.")
    return ending
