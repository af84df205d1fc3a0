"""Detects what a file is by its content, and re-encodes photos without the metadata of the camera."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from services.chassis.errors import refuse_first
from services.chassis.files import attachment_rules as rules
from services.chassis.rules.refusal import Refusal

LONGEST_SIDE = 800
_MOST_PIXELS = 50_000_000
"""Of a JPEG that is decoded at a part of its size: at most 16 million pixels are, for a kept photo of 2,000 px."""
_MOST_PIXELS_UNFOLDED = 12_000_000
"""Of a picture that is decoded as a whole: about 100 MB of memory, however small the file is."""
_MOST_PIXELS_OF_AN_EMBLEM = 4_000_000
"""Some 50 MB for a moment; the gateway, which reads it, has less memory than the services."""
_QUALITY = 85
_JPEG = ("JPEG", "MPO")
"""MPO is a JPEG followed by others, as telephones write it: a preview, the brightness of a screen with more range."""


def redraw(content: bytes, longest_side: int = LONGEST_SIDE) -> Iterator[bytes]:
    """Yield a photo as it is kept; this is `redrawn` for the process that reads foreign files."""
    yield redrawn(content, longest_side)


def redrawn(content: bytes, longest_side: int = LONGEST_SIDE) -> bytes:
    """Return a photo as a JPEG, upright, without position, camera or any other hidden text.

    Of an animation or a series of pictures the first is kept.

    Args:
        content: of the file.
        longest_side: pixels of the kept photo, at most 2,000.

    Raises:
        Refused: it is neither JPEG nor PNG, damaged, too small to recognise anybody, or absurdly large.
    """
    refuse_first(rules.picture_is_readable(rules.media_type_of(content)))
    image = opened(content)
    refuse_first(
        rules.picture_is_not_too_large(image.width * image.height, _most_pixels(image)),
        rules.picture_is_large_enough(image.width, image.height),
    )
    drawn = BytesIO()
    try:
        # Scaled down before it is rotated, because rotating copies the picture; a JPEG already while it is decoded.
        image.thumbnail((longest_side, longest_side), reducing_gap=1.0)
        upright = ImageOps.exif_transpose(image)
        _on_white(upright).save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        refuse_first(rules.picture_is_readable(None))
    return drawn.getvalue()


def redraw_emblem(content: bytes, side: int) -> Iterator[bytes]:
    """Yield an emblem as it is kept; this is `emblem` for the process that reads foreign files."""
    yield emblem(content, side)


def emblem(content: bytes, side: int) -> bytes:
    """Return a picture as a PNG that keeps its transparency, without any hidden text.

    Args:
        content: of the file.
        side: pixels of the longer side at most.

    Raises:
        Refused: as `redrawn`.
    """
    refuse_first(rules.picture_is_readable(rules.media_type_of(content)))
    image = opened(content)
    refuse_first(
        rules.picture_is_not_too_large(image.width * image.height, _MOST_PIXELS_OF_AN_EMBLEM),
        rules.picture_is_large_enough(image.width, image.height),
    )
    drawn = BytesIO()
    try:
        clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        kept = image.convert("RGBA") if clear else _on_white(image)
        kept.thumbnail((side, side))
        kept = ImageOps.exif_transpose(kept)
        Image.frombytes(kept.mode, kept.size, kept.tobytes()).save(drawn, "PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        refuse_first(rules.picture_is_readable(None))
    return drawn.getvalue()


def _most_pixels(image: Image.Image) -> int:
    """Return how many pixels a picture may have by how it is decoded: a progressive JPEG or a PNG as a whole."""
    shrinks = image.format in _JPEG and not image.info.get("progressive")
    return _MOST_PIXELS if shrinks else _MOST_PIXELS_UNFOLDED


def small(photo: bytes, side: int) -> bytes:
    """Return a kept photo no larger than `side` pixels each way."""
    image = Image.open(BytesIO(photo))
    image.draft("RGB", (side, side))
    image.thumbnail((side, side))
    drawn = BytesIO()
    image.save(drawn, "JPEG", quality=_QUALITY)
    return drawn.getvalue()


def opened(content: bytes, unreadable: Refusal | None = None) -> Image.Image:
    """Return a picture whose head was read; its pixels are decoded only after its size was looked at.

    Args:
        content: the bytes.
        unreadable: what is said of one that can't be opened; by default that it is no photo.

    Raises:
        Refused: it is neither JPEG nor PNG, damaged, or absurdly large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=("JPEG", "PNG"))
    except Image.DecompressionBombError:
        refuse_first(rules.picture_is_not_too_large(_MOST_PIXELS + 1, _MOST_PIXELS))
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        refuse_first(unreadable or rules.picture_is_readable(None))
        raise


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # 16 bits of grey, which a conversion would cut off at 255
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "L", "CMYK", "YCbCr", "LAB"):
        return image.convert("RGB")
    coloured = image.convert("RGBA")
    ground = Image.new("RGB", coloured.size, "white")
    ground.paste(coloured, mask=coloured.getchannel("A"))
    return ground
