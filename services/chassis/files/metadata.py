"""Removes metadata from pictures without re-encoding them.

A paper keeps every pixel, since it is evidence; where and with what it was taken is nobody's concern.
"""

from __future__ import annotations

import re
import struct
import zlib

_JPEG_BEGINS, _JPEG_ENDS = b"\xff\xd8", b"\xff\xd9"
_JFIF, _ADOBE = (0xE0, b"JFIF\x00"), (0xEE, b"Adobe")
"""Application segments that define the colours; all others are dropped."""
_SCAN, _END = 0xDA, 0xD9
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE
_STANDS_ALONE = 0x01
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)

_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"acTL",
     b"fcTL", b"fdAT"}
)  # fmt: skip


def bare_jpeg(content: bytes, orientation: int = 1) -> bytes:
    """Return a JPEG without EXIF, XMP, profiles, previews, comments and whatever stands behind its end.

    Args:
        content: the picture.
        orientation: how it is to be turned (EXIF 2.32, 4.6.4 A, 1 to 8); the one thing of its EXIF that stays.

    Raises:
        ValueError: it is no JPEG, or ends in the middle of its head.
    """
    if not content.startswith(_JPEG_BEGINS):
        raise ValueError("no JPEG")
    kept = [_JPEG_BEGINS]
    if orientation != 1:
        kept.append(_exif_of(orientation))
    place = 2
    while True:
        marker, place = _marker(content, place)
        if marker == _END:
            return b"".join([*kept, _JPEG_ENDS])
        if marker == _STANDS_ALONE:
            continue
        length = _length(content, place)
        segment = content[place : place + length]
        if _is_picture(marker, segment):
            kept += [bytes((0xFF, marker)), segment]
        place += length
        if marker == _SCAN:
            found = _NEXT_MARKER.search(content, place)
            end = found.start() if found else len(content)
            kept.append(content[place:end])
            if found is None:
                return b"".join([*kept, _JPEG_ENDS])
            place = end


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """Return the next marker, before which may stand fill bytes and what readers pass over, and the place behind it."""
    found = _NEXT_MARKER.search(content, place)
    if found is None:
        raise ValueError("cut off")
    return content[found.end() - 1], found.end()


def _length(content: bytes, place: int) -> int:
    if place + 2 > len(content):
        raise ValueError("cut off")
    length = int.from_bytes(content[place : place + 2], "big")
    if length < 2 or place + length > len(content):
        raise ValueError("cut off")
    return length


def _is_picture(marker: int, segment: bytes) -> bool:
    if marker in _APPLICATION:
        return any(marker == kept and segment[2:].startswith(name) for kept, name in (_JFIF, _ADOBE))
    return marker != _COMMENT


def _exif_of(orientation: int) -> bytes:
    """Return an EXIF segment with the orientation only."""
    tags = struct.pack(">2sHIH HHIHH I", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tags
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def bare_png(content: bytes) -> bytes:
    """Return a PNG without EXIF, texts, profiles, times and whatever stands behind its end.

    Raises:
        ValueError: it is no PNG, or cut off.
    """
    if not content.startswith(_PNG_BEGINS):
        raise ValueError("no PNG")
    kept, place = [_PNG_BEGINS], len(_PNG_BEGINS)
    while True:
        if place + 12 > len(content):
            raise ValueError("cut off")
        length, kind = struct.unpack_from(">I4s", content, place)
        chunk = content[place : place + length + 12]
        if len(chunk) != length + 12 or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise ValueError("cut off or damaged")
        if kind in _PNG_KEPT:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        place += length + 12
