"""Reads csv files: detects encoding and separator, yields records. Cells are texts; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from services.chassis.files.workbook_safety import refusal

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""First characters by which a spreadsheet recognises a formula (OWASP, CSV injection)."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\U00040000-\U0010ffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MOST_PRIVATE = 20
"""One character of so many may be of an area schools fill with rare characters of their own; Big5 read as GB18030 is
full of them."""
_LOOKED_AT = 200_000
_SAMPLE, _FIRST_RECORDS = 50_000, 40
"""Characters and records by which the separator is detected; a title above the headings has none."""


def lines_of(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield (record number, cells) of a csv separated by commas, semicolons or tabs; lines above the table are allowed.

    Raises:
        InvalidInput: `sheet.encoding_is_known`; while reading, `sheet.format_is_known` for unclosed quotes and the
            like, `sheet.no_formulas` for a cell that begins with an equals sign.
    """
    text = decoded(content)
    separator = max("\t;,", key=lambda one: _columns(text[:_SAMPLE], one))
    return _records(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _columns(sample: str, separator: str) -> int:
    """Return how well a separator fits: its number in all records of the most fitting width; 0 when there is none."""
    records = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _FIRST_RECORDS)
    try:
        widths = Counter(len(cells) for cells in records)
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def decoded(content: bytes) -> str:
    """Decode a csv: UTF-8 with or without byte order mark, else GB18030, else it is refused.

    GB18030 fits many bytes that were never Chinese: a text with control characters, with characters of planes that hold
    none, or with many private ones is not it. Rare characters are as good as others, whatever Python knows of them.
    """
    if content.startswith(_UTF16_MARKS) or b"\x00" in content:
        raise refusal("encoding_is_known", "The file is not in UTF-8 or GB18030; save it as CSV UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = "\x00"
    begin = text[:_LOOKED_AT]
    written = sum(not character.isascii() for character in begin)
    if _NEVER_TEXT.search(begin) or len(_PRIVATE.findall(begin)) * _MOST_PRIVATE > written:
        raise refusal("encoding_is_known", "The file is not in UTF-8 or GB18030; save it as CSV UTF-8.")
    return text


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [_plain(cell, number) for cell in cells]
    except csv.Error:
        raise refusal("format_is_known", "The csv is broken after this row.", row=number) from None


def _plain(cell: str, row: int) -> str:
    """Remove the apostrophe that `defused` put before a cell."""
    if cell.startswith("="):
        raise refusal("no_formulas", f"Row {row} holds a formula; paste the values only.", row=row)
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def defused(text: str) -> str:
    """Return a text that spreadsheets do not treat as a formula: with an apostrophe in front where needed."""
    return f"'{text}" if text.startswith(RISKY) else text
