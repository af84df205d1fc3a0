"""The icons of the installed portal, in the sizes phones ask for.

The union's emblem on white; without one, the seal of `favicon.svg` in the union's colour.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

_SIDE = 32
"""Units of the drawing, as in the SVG."""
_CORNER = 7
_MARK = "#ffffff"
_GONG = (
    (8.0, 9.0), (24.0, 9.0), (24.0, 12.0), (17.7, 12.0), (17.7, 20.0), (25.0, 20.0),
    (25.0, 23.0), (7.0, 23.0), (7.0, 20.0), (14.3, 20.0), (14.3, 12.0), (8.0, 12.0),
)  # fmt: skip
"""The character 工."""
_FINER = 4
_OF_THE_SIDE = {False: 0.84, True: 0.56}
"""Share of an icon's side that an emblem takes; a maskable icon keeps its corners inside the circle of every mask."""


@lru_cache(maxsize=16)
def drawn_icon(colour: str, side: int, *, maskable: bool = False) -> bytes:
    """Return the icon as PNG.

    Args:
        colour: of the ground, `#rrggbb`.
        side: pixels.
        maskable: filled to the edges, with the character inside the circle that every mask keeps (80 %).
    """
    scale = side * _FINER / _SIDE
    image = Image.new("RGBA", (side * _FINER, side * _FINER), colour if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    if not maskable:
        pen.rounded_rectangle((0, 0, image.width - 1, image.height - 1), _CORNER * scale, fill=colour)
    pen.polygon([(x * scale, y * scale) for x, y in _GONG], fill=_MARK)
    return _png(image.resize((side, side), Image.Resampling.LANCZOS))


@lru_cache(maxsize=8)
def emblem_icon(emblem: bytes, side: int, *, maskable: bool = False) -> bytes:
    """Return the emblem on a white ground as PNG; emblems are drawn for paper, not for a colour.

    Args:
        emblem: a picture.
        side: pixels.
        maskable: filled to the edges, with the emblem inside the circle that every mask keeps (80 %).
    """
    image = Image.new("RGBA", (side * _FINER, side * _FINER), _MARK if maskable else (0, 0, 0, 0))
    if not maskable:
        corner = _CORNER * side * _FINER / _SIDE
        ImageDraw.Draw(image).rounded_rectangle((0, 0, image.width - 1, image.height - 1), corner, fill=_MARK)
    image = image.resize((side, side), Image.Resampling.LANCZOS)
    room = int(side * _OF_THE_SIDE[maskable])
    mark = ImageOps.contain(Image.open(BytesIO(emblem)).convert("RGBA"), (room, room), Image.Resampling.LANCZOS)
    image.alpha_composite(mark, ((side - mark.width) // 2, (side - mark.height) // 2))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()
