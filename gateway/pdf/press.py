"""Pages with a Chinese font, and the bytes of a document.

A document of one page takes about 0.4 s of one core, nearly all for subsetting the font of 65,000 glyphs; a hundred
cards take hardly longer than one.
"""

from __future__ import annotations

import copy
from functools import cache

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont
from noto_cjk_sans_otc import FONT_PATH

FAMILY = "cjk"
_SIMPLIFIED_CHINESE = 2
"""Index of Noto Sans CJK SC in the collection."""


def blank(title: str, *, orientation: str = "portrait", size: str | tuple[float, float] = "A4") -> FPDF:
    """Return an empty document in millimetres, with the font set.

    Args:
        title: of the document, shown by readers and told by screen readers.
        orientation: "portrait" or "landscape".
        size: "A4", or width and height in millimetres.
    """
    pdf = FPDF(orientation=orientation, unit="mm", format=size)
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_creator("Gonghui")
    pdf.fonts[FAMILY] = _font()
    pdf.set_font(FAMILY, size=10)
    return pdf


def printed(pdf: FPDF) -> bytes:
    """Return the bytes of a document."""
    return bytes(pdf.output())


def _font() -> TTFFont:
    """Return the font without used glyphs: its tables are read once per process, it is subset for each document."""
    font = copy.copy(_read_font())
    font.ttfont = TTFont(str(FONT_PATH), fontNumber=_SIMPLIFIED_CHINESE, lazy=True, recalcTimestamp=False)
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    return font


@cache
def _read_font() -> TTFFont:
    pdf = FPDF()
    pdf.add_font(FAMILY, fname=str(FONT_PATH), collection_font_number=_SIMPLIFIED_CHINESE)
    font = pdf.fonts[FAMILY]
    assert isinstance(font, TTFFont)
    return font
