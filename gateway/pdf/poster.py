"""The poster of an activity: one A4 page to put up, with a QR code that opens its page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from fpdf.enums import WrapMode, XPos, YPos

from gateway.pdf import press
from gateway.pdf.cards import code

_INK, _SOFT, _WHITE = (33, 37, 41), (95, 102, 110), (255, 255, 255)
_WIDTH, _HEIGHT, _EDGE = 210.0, 297.0, 20.0
_BAND, _QR = 96.0, 52.0
_LABEL = 30.0


def one_poster(poster: Mapping[str, Any]) -> bytes:
    """Return the PDF of a poster.

    Args:
        poster: `union`, `colour` as `#rrggbb`, `kind`, `title`, `facts` (pairs of a label and a text), `summary`,
            `address`, `call` (what to do with the code), and `emblem` as base64 of a PNG, or None.
    """
    pdf = press.blank(poster["title"])
    pdf.set_auto_page_break(False)
    pdf.add_page()
    _band(pdf, poster)
    pdf.set_xy(_EDGE, _BAND + 14)
    for label, text in poster["facts"]:
        _fact(pdf, label, text)
    if poster["summary"]:
        pdf.ln(4)
        pdf.set_x(_EDGE)
        _ink(pdf, 13, _INK)
        room = _HEIGHT - _EDGE - _QR - 8 - pdf.y
        lines: Any = pdf.multi_cell(_WIDTH - 2 * _EDGE, 8, poster["summary"], dry_run=True, output="LINES")
        pdf.multi_cell(_WIDTH - 2 * _EDGE, 8, "\n".join(lines[: max(int(room // 8), 0)]), align="L")
    _foot(pdf, poster)
    return press.printed(pdf)


def _band(pdf: Any, poster: Mapping[str, Any]) -> None:
    """Draw the upper part in the union's colour: whose activity it is, and what it is called."""
    colour = poster["colour"]
    pdf.set_fill_color(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))
    pdf.rect(0, 0, _WIDTH, _BAND, style="F")
    left = _EDGE
    if poster["emblem"]:
        pdf.image(BytesIO(base64.b64decode(poster["emblem"])), x=_EDGE, y=16, w=16, h=16, keep_aspect_ratio=True)
        left += 21
    _ink(pdf, 15, _WHITE)
    pdf.set_xy(left, 18)
    pdf.cell(0, 12, f"{poster['union']}　{poster['kind']}")
    # Chinese may break anywhere, and else a title such as "2026 年……" breaks at its one blank.
    wrap = WrapMode.WORD if poster["title"].isascii() else WrapMode.CHAR
    size = 38.0
    while size > 18:
        _ink(pdf, size, _WHITE)
        lines = pdf.multi_cell(
            _WIDTH - 2 * _EDGE, size * 0.45, poster["title"], dry_run=True, output="LINES", wrapmode=wrap
        )
        if len(lines) * size * 0.45 <= _BAND - 48:
            break
        size -= 2
    pdf.set_xy(_EDGE, 42)
    pdf.multi_cell(_WIDTH - 2 * _EDGE, size * 0.45, poster["title"], align="L", wrapmode=wrap)


def _fact(pdf: Any, label: str, text: str) -> None:
    _ink(pdf, 13, _SOFT)
    pdf.set_x(_EDGE)
    pdf.cell(_LABEL, 9, label)
    _ink(pdf, 15, _INK)
    pdf.multi_cell(_WIDTH - 2 * _EDGE - _LABEL, 9, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _foot(pdf: Any, poster: Mapping[str, Any]) -> None:
    top = _HEIGHT - _EDGE - _QR
    code(pdf, poster["address"], _WIDTH - _EDGE - _QR, top, _QR)
    _ink(pdf, 20, _INK)
    pdf.set_xy(_EDGE, top + 14)
    pdf.multi_cell(_WIDTH - 3 * _EDGE - _QR, 11, poster["call"], align="L")
    _ink(pdf, 9, _SOFT)
    pdf.set_x(_EDGE)
    pdf.multi_cell(_WIDTH - 3 * _EDGE - _QR, 5, poster["address"], align="L")


def _ink(pdf: Any, size: float, colour: tuple[int, int, int]) -> None:
    pdf.set_font(press.FAMILY, size=size)
    pdf.set_text_color(*colour)
