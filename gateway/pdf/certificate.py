"""A certificate, of a gift or of attendance: one A4 page in landscape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fpdf.enums import XPos, YPos

from gateway.pdf import press
from gateway.pdf.cards import code

_INK, _SOFT = (33, 37, 41), (95, 102, 110)
_WIDTH, _HEIGHT, _EDGE = 297.0, 210.0, 34.0
_FRAME = 12.0
_LABEL = 48.0
_QR = 30.0


def one_certificate(about: Mapping[str, Any]) -> bytes:
    """Return the PDF of a certificate.

    Args:
        about: `title`, `union`, `colour` as `#rrggbb`, `name` of whom it is of, `text`, `facts` (pairs of a label and
            a text), `day` as ISO 8601, `foot`, and where it can be verified `address`, which is drawn as a QR code.
    """
    pdf = press.blank(about["title"], orientation="landscape")
    pdf.set_auto_page_break(False)
    pdf.set_margins(_EDGE, _EDGE)
    pdf.add_page()
    colour = tuple(int(about["colour"][at : at + 2], 16) for at in (1, 3, 5))
    pdf.set_draw_color(*colour)
    for inset, width in ((_FRAME, 1.2), (_FRAME + 2.5, 0.3)):
        pdf.set_line_width(width)
        pdf.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset)
    pdf.set_y(28)
    _line(pdf, about["title"], 34, 18, colour, "C")
    pdf.ln(6)
    _line(pdf, f"{about['name']}：", 18, 11, _INK)
    _line(pdf, f"　　{about['text']}", 15, 10, _INK)
    pdf.ln(4)
    for label, text in about["facts"]:
        pdf.set_font(press.FAMILY, size=11)
        pdf.set_text_color(*_SOFT)
        pdf.cell(_LABEL, 7.5, label)
        _line(pdf, text, 11, 7.5, _INK)
    if address := about.get("address"):
        code(pdf, address, _EDGE, _HEIGHT - 34 - _QR, _QR)
    pdf.set_y(_HEIGHT - 50)
    _line(pdf, about["union"], 14, 8, _INK, "R")
    _line(pdf, about["day"], 12, 7, _INK, "R")
    pdf.set_y(_HEIGHT - 28)
    _line(pdf, about["foot"], 9, 5, _SOFT, "C")
    return press.printed(pdf)


def _line(pdf: Any, text: str, size: float, height: float, colour: tuple[int, ...], align: str = "L") -> None:
    pdf.set_font(press.FAMILY, size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
