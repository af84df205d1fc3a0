"""Maps the parts of a workbook to its sheets, by its relationships, and checks what cells contain."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from defusedxml import DefusedXmlException, ElementTree

from services.chassis.files.workbook_safety import MOST_COLUMNS, MOST_ROWS, raise_too_large, refusal

MOST_CELLS = 4_000_000
"""Limit of cells in the rectangle around all values: the reader allocates each of them."""
_WORKBOOK = "xl/workbook.xml"
_ROOT, _RELATIONSHIPS, _TYPES = "_rels/.rels", "xl/_rels/workbook.xml.rels", "[content_types].xml"
PARTS = frozenset({_WORKBOOK, _ROOT, _RELATIONSHIPS, _TYPES})
"""The parts that contain the relationships, in lower case."""
_SHEETS = "xl/worksheets/"
_LARGEST_ROW = 1_048_576
_IN_A_CELL = frozenset({"v", "is", "t", "r", "rPr", "rPh", "phoneticPr"})


def sheet_parts(parts: Mapping[str, bytes], names: Collection[str]) -> dict[str, str]:
    """Return the part of each worksheet by the sheet's name.

    Args:
        parts: the content of the `PARTS` of the package by name.
        names: of all parts, in lower case.

    Raises:
        InvalidInput: `sheet.format_is_known` when they contradict each other or refer to something outside the file.
    """
    try:
        trees = {name: ElementTree.fromstring(parts[name], forbid_dtd=True) for name in PARTS}
    except (LookupError, ElementTree.ParseError, DefusedXmlException, ValueError):  # also of an unknown encoding
        raise _contradicts() from None
    root = _targets(trees[_ROOT], "", "/officeDocument")
    related = _targets(trees[_RELATIONSHIPS], "xl", "/worksheet")
    named: dict[str, str] = {}
    for sheet in trees[_WORKBOOK].iter():
        if _local(sheet.tag) == "sheet":
            name = str(sheet.get("name"))
            part = related.get(next((text for key, text in sheet.items() if _local(key) == "id"), ""))
            if name in named:
                raise _contradicts()
            if part is not None:
                named[name] = part
    inside = all(part.startswith(_SHEETS) and part in names for part in named.values())
    if list(root.values()) != [_WORKBOOK] or not named or not inside or len(set(named.values())) != len(named):
        raise _contradicts()
    return named


def _targets(relationships: Any, folder: str, kind: str) -> dict[str, str]:
    """Return the parts of one kind by the relationships' ids, named from the root of the package, in lower case."""
    found: dict[str, str] = {}
    for one in relationships:
        if not str(one.get("Type", "")).endswith(kind):
            continue
        identifier, target = one.get("Id"), str(one.get("Target", ""))
        if identifier in found or one.get("TargetMode", "Internal") != "Internal":
            raise _contradicts()
        found[str(identifier)] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
    return found


def _contradicts() -> Exception:
    return refusal("format_is_known", "The parts of the workbook contradict each other; save it anew as .xlsx.")


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def require_plain_cells(pieces: Iterable[bytes]) -> None:
    """Raise unless the cells of a sheet contain values only, in a rectangle of limited size.

    Cells without a value are ignored: a workbook may be formatted to its last column. Formulas outside of cells, as in
    drop-down lists or data bars, are allowed.

    Args:
        pieces: the XML of the sheet.

    Raises:
        InvalidInput: `sheet.no_formulas`, `sheet.no_error_values`, `sheet.fits_the_limits`, `sheet.format_is_known`.
    """
    cells = _Cells()
    try:
        for piece in pieces:
            cells.parser.Parse(piece)
        cells.parser.Parse(b"", True)
    except expat.ExpatError:
        raise refusal("format_is_known", "The file is not a sound .xlsx workbook.") from None
    cells.require_bounded()


class _Cells:
    """Follows the start tags of elements: an element that can't be inside a cell ends the cell before it.

    It is called for every element of a sheet, millions of times in a large one.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._begins
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._cell: list[str] | None = None
        self._counted = True
        self._row = self._column = self._values = 0
        self._first_row, self._last_row = _LARGEST_ROW, 0
        self._seen: dict[str, int] = {}

    def _begins(self, name: str, attributes: list[str]) -> None:
        if name == "c":
            self._cell = attributes
            self._counted = False
            self._column += 1
        elif self._counted and name in _IN_A_CELL:
            return
        elif ":" in name:
            self._begins(name.rpartition(":")[2], attributes)
        elif name == "row":
            self._cell, self._counted = None, True
            self._row, self._column = _number(_attribute(attributes, "r")) or self._row + 1, 0
        elif self._cell is None:
            return
        elif name == "f":
            where = _attribute(self._cell, "r")
            raise refusal("no_formulas", f"Cell {where} holds a formula; paste the values only.", cell=where)
        elif name in _IN_A_CELL:
            self._count(self._cell)
        else:
            self._cell, self._counted = None, True

    def _count(self, cell: list[str]) -> None:
        """Extend the rectangle by a cell that has a value."""
        self._counted = True
        self._values += 1
        where = cell[1] if cell and cell[0] == "r" else _attribute(cell, "r")
        if where:
            letters = where.rstrip("0123456789")
            row = _number(where[len(letters) :])
            column = self._seen.get(letters) or self._seen.setdefault(letters, _column(letters))
            self._row, self._column = row, column
        else:
            row = self._row
            self._seen[f"#{self._column}"] = self._column
        if "e" in cell and _attribute(cell, "t") == "e":
            raise refusal("no_error_values", f"Cell {where} holds an error value instead of data.", cell=where)
        if row < self._first_row:
            self._first_row = row
        if row > self._last_row:
            self._last_row = row

    def require_bounded(self) -> None:
        """Raise when the rectangle around all values, or their number, is too large."""
        if not self._values:
            return
        columns = max(self._seen.values()) - min(self._seen.values()) + 1
        rows = self._last_row - self._first_row + 1
        too_far = columns > 2 * MOST_COLUMNS or rows > 2 * MOST_ROWS or self._first_row < 1
        if too_far or rows * columns > MOST_CELLS or self._values > MOST_CELLS:
            raise_too_large()

    def _doctype(self, *_: object) -> None:
        raise refusal("format_is_known", "The workbook defines document types.")


def _attribute(attributes: list[str], name: str) -> str | None:
    for place in range(0, len(attributes), 2):
        if attributes[place] == name:
            return attributes[place + 1]
    return None


def _number(digits: str | None) -> int:
    return int(digits) if digits and len(digits) < 9 and digits.isascii() and digits.isdecimal() else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - 64
    return number
