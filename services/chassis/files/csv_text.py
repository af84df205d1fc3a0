"""The text of a csv file: which encoding, which separator, its records. Cells are texts; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from services.chassis.files.workbook_safety import refusal

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\U00040000-\U0010ffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MOST_PRIVATE = 20
"""One character of so many may be of an area schools fill with rare characters of their own; Big5 read as GB18030 is
full of them."""
_LOOKED_AT = 200_000
_SAMPLE, _FIRST_RECORDS = 50_000, 40
"""Characters and records by which the separator is told; a title above the headings has none."""


def lines_of(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield (record number, cells) of a csv separated by commas, semicolons or tabs, whatever stands above its table.

    Raises:
        InvalidInput: `sheet.encoding_is_known`; while reading, `sheet.format_is_known` for unclosed quotes and the
            like, `sheet.no_formulas` for a cell that begins with an equals sign.
    """
    text = decoded(content)
    separator = max("\t;,", key=lambda one: _columns(text[:_SAMPLE], one))
    return _records(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _columns(sample: str, separator: str) -> int:
    """Return how many cells of the first records stand in as many columns as most of them have; 0 when in one."""
    records = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _FIRST_RECORDS)
    try:
        widths = Counter(len(cells) for cells in records)
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def decoded(content: bytes) -> str:
    """Return the text of a csv: UTF-8 with or without mark, else GB18030, else refused.

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
    """Take off the apostrophe that defused a cell when it was written; see `defused`."""
    if cell.startswith("="):
        raise refusal("no_formulas", f"Row {row} holds a formula; paste the values only.", row=row)
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{text}" if text.startswith(RISKY) else text
