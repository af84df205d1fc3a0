"""Removes the metadata of places, cameras and programs from documents. Runs in the process for foreign files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from services.chassis.errors import refuse_first
from services.chassis.files import attachment_rules as rules
from services.chassis.files import pictures
from services.chassis.files.metadata import bare_jpeg, bare_png

_ORIENTATION = 0x0112
_HIDDEN = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA")
_ACTIVE = ("/OpenAction", "/JavaScript", "/EmbeddedFiles")


def clean(content: bytes, media_type: str) -> Iterator[bytes]:
    """Yield a document as it is kept.

    Pictures keep every pixel. In a PDF the same holds for the JPEGs in it; its own metadata, attachments and scripts go
    too. A PDF that was signed stays as it is, since its signature would be void.

    Raises:
        Refused: it can't be opened, has a password, or has more pixels than can be shown.
    """
    try:
        cleaned = _pdf(content) if media_type == "application/pdf" else _picture(content, media_type)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError, RuntimeError):
        cleaned = None
    refuse_first(rules.paper_is_readable(cleaned is not None))
    assert cleaned is not None
    yield cleaned


def _picture(content: bytes, media_type: str) -> bytes:
    with pictures.opened(content, rules.paper_is_readable(False)) as image:
        refuse_first(rules.picture_is_not_too_large(image.width * image.height, rules.MOST_PIXELS_OF_A_PAPER))
        orientation = image.getexif().get(_ORIENTATION, 1)
    if media_type == "image/png":
        return bare_png(content)
    return bare_jpeg(content, orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1)


def _pdf(content: bytes) -> bytes | None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        if not len(reader.pages):
            return None
        writer = PdfWriter(clone_from=reader)
        if _is_signed(writer):
            return content
        for one in writer._objects:
            _bare(one)
        # Copying leaves out the objects that nothing refers to any more.
        return _written(PdfWriter(clone_from=PdfReader(BytesIO(_written(writer)))))
    except PyPdfError:
        return None


def _written(writer: Any) -> bytes:
    writer.metadata = None
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _is_signed(writer: Any) -> bool:
    return any(isinstance(one, dict) and "/ByteRange" in one and "/Contents" in one for one in writer._objects)


def _bare(one: Any) -> None:
    """Remove the metadata of an object of a PDF, and of its content if that is a picture."""
    if isinstance(one, list):
        for inner in one:
            _bare(inner)
    elif isinstance(one, dict):
        for key in (*_HIDDEN, *_ACTIVE):
            one.pop(key, None)
        for inner in one.values():
            _bare(inner)
        _bare_picture(one)


def _bare_picture(stream: Any) -> None:
    from pypdf.filters import decode_stream_data
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    filters = stream.get("/Filter")
    kinds = list(filters) if isinstance(filters, list) else [filters]
    if kinds[-1:] != ["/DCTDecode"]:
        return
    data = stream._data
    if kinds[:-1]:
        packed = StreamObject()
        packed._data, packed[NameObject("/Filter")] = data, ArrayObject(kinds[:-1])
        data = decode_stream_data(packed)
    stream._data = bare_jpeg(data)
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream.pop("/DecodeParms", None)
