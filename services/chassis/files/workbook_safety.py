"""Checks a workbook before it is opened. Never unpacks more than the limits allow."""

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
_PIECE = 256 * 1024
_OVERLAP = 256

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")


def refusal(rule: str, detail: str, **params: object) -> InvalidInput:
    """Return the error that refuses a file by a named rule of sheets."""
    return InvalidInput(detail, rule=f"sheet.{rule}", field="file", params=params)


class Archive:
    """A workbook that is safe to unpack: no password, macro, zip bomb, document type declaration or other encoding.

    Args:
        content: the bytes.

    Raises:
        InvalidInput: `rule` is one of `sheet.file_is_small_enough`, `sheet.format_is_known`, `sheet.no_macros`,
            `sheet.unpacks_to_a_bounded_size`.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise refusal("file_is_small_enough", "The file is larger than 20 MB.", most=MOST_BYTES)
        if content.startswith(_OLD_OR_LOCKED):
            raise refusal("format_is_known", "The workbook has a password or the old format; save it as a plain .xlsx.")
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
            _require_workbook(entries)
            _require_bounded(entries)
            self._entries = {entry.filename.lower(): entry for entry in entries}
            for name in self._entries:
                self._require_sound(name)
        except (zipfile.BadZipFile, zlib.error, struct.error, UnicodeDecodeError, NotImplementedError):
            raise refusal("format_is_known", "The file is not a sound .xlsx workbook.") from None

    def _require_sound(self, name: str) -> None:
        """Check a part by its real unpacked size: the size in the archive's directory may be wrong."""
        is_xml, tail = name.endswith((".xml", ".rels")), b""
        for piece in self.pieces(name):
            if is_xml:
                _require_plain_xml(tail + piece)
                tail = piece[-_OVERLAP:]

    def names(self) -> set[str]:
        """Return the names of all parts, in lower case."""
        return set(self._entries)

    def part(self, name: str) -> bytes:
        """Return a whole part; only for parts that are always small."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part as it unpacks."""
        entry, content = self._entries[name], self._content
        start = entry.header_offset
        name_length, extra_length = struct.unpack_from("<HH", content, start + 26)
        begin = start + 30 + name_length + extra_length
        size = 0
        for piece in _unpacked(memoryview(content)[begin : begin + entry.compress_size], entry.compress_type):
            size += len(piece)
            if size > entry.file_size:
                break
            yield piece
        if size != entry.file_size:
            raise refusal("unpacks_to_a_bounded_size", "A part of the workbook unpacks to another size than it states.")


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
    """UTF-8 without document type declaration, so that later checks see all of the content."""
    stated = _ENCODING.search(piece)
    if b"\x00" in piece or (stated and stated.group(1).lower() not in {b"utf-8", b"us-ascii"}):
        raise refusal("format_is_known", "The workbook is not written in UTF-8.")
    if _DOCTYPE.search(piece):
        raise refusal("format_is_known", "The workbook defines document types.")


def raise_too_large() -> None:
    """Raise for a sheet beyond the limits of rows and columns."""
    detail = f"A sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns."
    raise refusal("fits_the_limits", detail, rows=MOST_ROWS, columns=MOST_COLUMNS)
