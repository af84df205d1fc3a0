"""Finds QR codes in photos, in the process for untrusted files, with limits of pixels, memory and time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from services.chassis.errors import Problem, Refused
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed

_LONGEST_SIDE = 2400
"""Pixels to which a photo is scaled down; a code that can't be read then is too small in it."""
_MOST_PIXELS = 120_000_000
"""Of a JPEG, which is decoded at a fraction of its size."""
_MOST_PIXELS_UNFOLDED = 24_000_000
"""Of a picture that is decoded as a whole, however small the file is."""
_MOST_CODES = 8
_FORMATS = ("JPEG", "PNG", "WEBP")
_QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def _unreadable(_why: str = "") -> Problem:
    return Refused("The photo is no JPEG, PNG or WebP that can be opened.", rule="codes.photo_is_readable")


PHOTO = Reading(
    "code_photo", memory=256 * MEGABYTE, cpu_seconds=10, seconds=30, most_answer=MEGABYTE, unreadable=_unreadable,
)  # fmt: skip


def codes_in(content: bytes) -> list[str]:
    """Return the texts of the different QR codes in a photo, at most eight; none when there is none.

    Raises:
        Refused: it is no photo that can be read, or has too many pixels.
        Unavailable: too many photos wait.
    """
    return list(dict.fromkeys(parsed(PHOTO, find_codes, content)))


def find_codes(content: bytes) -> Iterator[str]:
    """Yield the texts of the QR codes in a photo; runs in the process for untrusted files."""
    image = _opened(content)
    shrinks = image.format == "JPEG" and not image.info.get("progressive")
    most = _MOST_PIXELS if shrinks else _MOST_PIXELS_UNFOLDED
    if image.width * image.height > most:
        raise _too_large(most)
    try:
        image.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
        image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        grey = _on_white(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _unreadable() from None
    # Plain text: the library's default would rewrite control characters into names.
    found = zxingcpp.read_barcodes(grey, formats=_QR_CODES, text_mode=zxingcpp.TextMode.Plain)
    yield from (code.text for code in found[:_MOST_CODES])


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise _too_large(_MOST_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _unreadable() from None


def _too_large(most: int) -> Problem:
    detail = "The photo has too many pixels."
    return Refused(detail, rule="codes.photo_is_not_too_large", params={"most": most // 1_000_000})


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture in grey, with white where it is transparent, as a screen shows it."""
    if image.mode in ("L", "RGB", "CMYK"):
        return image.convert("L")
    coloured = image.convert("RGBA")
    ground = Image.new("L", coloured.size, 255)
    ground.paste(coloured.convert("L"), mask=coloured.getchannel("A"))
    return ground
