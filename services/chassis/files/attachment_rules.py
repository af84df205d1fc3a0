"""Rules of uploaded photos and papers, which are recognised by content, never by name; the same in every service."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal

LEAST_PIXELS = 120
MOST_PIXELS_OF_A_PAPER = 100_000_000
"""Of a picture that is kept as a document; a page of A3 scanned at 600 dpi has 70 million."""
_BEGINNINGS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by its first bytes: PDF, JPEG or PNG; None for anything else."""
    return next((media_type for first, media_type in _BEGINNINGS if content.startswith(first)), None)


def file_is_what_it_says(media_type: str, content: bytes) -> Refusal | None:
    """A file's content is of the type it is sent as; a name proves nothing."""
    if media_type_of(content) == media_type:
        return None
    return Refusal("files.file_is_what_it_says", "The file is no PDF, JPEG or PNG, or not the one it says.", "content")


def paper_is_readable(readable: bool) -> Refusal | None:
    """A document opens without a password and is whole."""
    if readable:
        return None
    return Refusal("files.paper_is_readable", "The document can't be read: it is damaged or has a password.", "content")


def picture_is_readable(media_type: str | None) -> Refusal | None:
    """A photo is a whole JPEG or PNG."""
    if media_type in ("image/jpeg", "image/png"):
        return None
    return Refusal("files.picture_is_readable", "The photo is no JPEG or PNG that can be opened.", "content")


def picture_is_large_enough(width: int, height: int) -> Refusal | None:
    """Below 120 pixels nobody is recognised."""
    if min(width, height) >= LEAST_PIXELS:
        return None
    detail = f"A photo has at least {LEAST_PIXELS} pixels each way."
    return Refusal("files.picture_is_large_enough", detail, "content", {"least": LEAST_PIXELS})


def picture_is_not_too_large(pixels: int, most: int) -> Refusal | None:
    """A small file may unfold into a picture that fills the memory; such a one is not decoded."""
    if pixels <= most:
        return None
    return Refusal("files.picture_is_not_too_large", "The photo has too many pixels.", "content", {"most": most})


def file_is_clean(clean: bool) -> Refusal | None:
    """The union's scanner finds nothing harmful in a file."""
    if clean:
        return None
    return Refusal("files.file_is_clean", "The scanner found something harmful in the file.", "content")


def files_are_few(count: int, most: int) -> Refusal | None:
    """What files are attached to holds a bounded number of them."""
    if count < most:
        return None
    return Refusal("files.files_are_few", f"At most {most} documents can be kept.", "content", {"most": most})
