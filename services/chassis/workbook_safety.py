"""What a workbook must be before it is opened: a plain .xlsx without traps. Looks at the bytes only, never unpacks
more than the limits allow, and knows nothing of what the cells mean.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from services.chassis.errors import InvalidInput

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 500
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
"""How many times its size one part may unpack to, once it is larger than `_SMALL`; rosters stay below 60."""
MOST_ROWS = 100_000
MOST_COLUMNS = 100
_SMALL = 1024 * 1024
_MOST_TEXT = 500 * 1024 * 1024
_PIECE = 256 * 1024
_OVERLAP = 256

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_FAR = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}|[E-Ze-z][A-Za-z]|[A-Za-z]*0*(?:[2-9]\d{5}|\d{7,}))""")
_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")


def refusal(rule: str, detail: str, **params: object) -> InvalidInput:
    """Return the error that refuses a file by a named rule of sheets."""
    return InvalidInput(detail, rule=f"sheet.{rule}", field="file", params=params)


def require_safe_workbook(content: bytes) -> None:
    """Raise unless the bytes are a plain .xlsx: no password, macro, formula, error value, far cell or zip bomb.

    Raises:
        InvalidInput: `rule` is one of `sheet.file_is_small_enough`, `sheet.format_is_known`, `sheet.no_macros`,
            `sheet.unpacks_to_a_bounded_size`, `sheet.no_formulas`, `sheet.no_error_values`, `sheet.fits_the_limits`.
    """
    if len(content) > MOST_BYTES:
        raise refusal("file_is_small_enough", "The file is larger than 20 MB.", most=MOST_BYTES)
    if content.startswith(_OLD_OR_LOCKED):
        raise refusal("format_is_known", "The workbook has a password or the old format; save it as a plain .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_workbook(entries)
            _require_bounded(entries)
            _require_sound_parts(content, entries)
    except (zipfile.BadZipFile, zlib.error, struct.error, UnicodeDecodeError, NotImplementedError):
        raise refusal("format_is_known", "The file is not a sound .xlsx workbook.") from None


def _require_workbook(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "macrosheets/" in name for name in names):
        raise refusal("no_macros", "The workbook holds macros; save it as a plain .xlsx.")
    if "xl/workbook.xml" not in names:
        raise refusal("format_is_known", "The file is not an .xlsx workbook.")
    if len(names) != len(entries) or any(entry.flag_bits & 1 for entry in entries):
        raise refusal("format_is_known", "The workbook has a password or parts that stand twice.")


def _require_bounded(entries: list[zipfile.ZipInfo]) -> None:
    swollen = any(
        entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if swollen or len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        detail = "The workbook unpacks to more than is plausible."
        raise refusal("unpacks_to_a_bounded_size", detail, most_bytes=MOST_UNPACKED, most_ratio=MOST_RATIO)


def _require_sound_parts(content: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Look through every part as it really unpacks: what the directory states may be a lie."""
    longest, references = 1, 0
    for entry in entries:
        name = entry.filename.lower()
        is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
        for piece in _pieces(content, entry):
            if name.endswith((".xml", ".rels")):
                _require_plain_xml(piece)
            if is_sheet:
                _require_plain_cells(piece)
                references += piece.count(b'"s"')
            elif name.endswith("sharedstrings.xml"):
                longest = max(longest, *map(len, piece.split(b"<")))
    if longest * references > _MOST_TEXT:
        raise refusal("unpacks_to_a_bounded_size", "The workbook repeats long texts too often.", most_bytes=_MOST_TEXT)


def _pieces(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part as it unpacks, each piece beginning with the end of the one before."""
    start = entry.header_offset
    name_length, extra_length = struct.unpack_from("<HH", content, start + 26)
    begin = start + 30 + name_length + extra_length
    packed = memoryview(content)[begin : begin + entry.compress_size]
    tail, size = b"", 0
    for piece in _unpacked(packed, entry.compress_type):
        size += len(piece)
        if size > entry.file_size:
            break
        yield tail + piece
        tail = piece[-_OVERLAP:]
    if size != entry.file_size:
        raise refusal("unpacks_to_a_bounded_size", "A part of the workbook unpacks to another size than it states.")


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(method)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while not unpacker.eof:
        piece = unpacker.decompress(rest, _PIECE)
        rest = unpacker.unconsumed_tail
        if not piece and not rest:
            break
        yield piece


def _require_plain_xml(piece: bytes) -> None:
    """UTF-8 without document types: then an element can't hide from the searches below."""
    stated = _ENCODING.search(piece)
    if b"\x00" in piece or (stated and stated.group(1).lower() not in {b"utf-8", b"us-ascii"}):
        raise refusal("format_is_known", "The workbook is not written in UTF-8.")
    if _DOCTYPE.search(piece):
        raise refusal("format_is_known", "The workbook defines document types.")


def _require_plain_cells(piece: bytes) -> None:
    if found := _FORMULA.search(piece):
        cell = _cell_before(piece, found.start())
        detail = f"Cell {cell} holds a formula; paste the values only." if cell else "A cell holds a formula."
        raise refusal("no_formulas", detail, cell=cell)
    if found := _ERROR.search(piece):
        cell = _cell_before(piece, found.end() + _OVERLAP)
        raise refusal("no_error_values", f"Cell {cell} holds an error value instead of data.", cell=cell)
    if _FAR.search(piece):
        raise_too_large()


def _cell_before(piece: bytes, place: int) -> str | None:
    cells = _CELL.findall(piece[:place])
    return cells[-1].decode() if cells else None


def raise_too_large() -> None:
    """Raise for a sheet beyond the limits of rows and columns."""
    detail = f"A sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns."
    raise refusal("fits_the_limits", detail, rows=MOST_ROWS, columns=MOST_COLUMNS)
