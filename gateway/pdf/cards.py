"""Membership cards as PDF: one card the size of a bank card, or a sheet of ten with cutting lines."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import segno
from fpdf import FPDF

from gateway.pdf import press

WIDTH, HEIGHT = 85.6, 54.0
_RED, _WHITE, _PALE, _CUT = (143, 29, 22), (255, 255, 255), (255, 233, 229), (190, 190, 190)
_COLUMNS, _ROWS = 2, 5
PAGE = _COLUMNS * _ROWS
"""Cards of a page."""
_LEFT, _TOP = (210 - _COLUMNS * WIDTH) / 2, (297 - _ROWS * HEIGHT) / 2
_QR, _EDGE = 24.0, 6.0
_PHOTO_WIDTH, _PHOTO_HEIGHT = 15.0, 20.0


def one_card(card: Mapping[str, Any]) -> bytes:
    """Return the PDF of one card, a page of its size.

    Args:
        card: `union`, `name`, `number`, `unit`, `joined`, `address`, and `photo` as base64 or None.
    """
    pdf = press.blank(f"{card['union']} {card['number']}", orientation="landscape", size=(HEIGHT, WIDTH))
    pdf.set_auto_page_break(False)
    pdf.add_page()
    _draw(pdf, card, 0, 0)
    return press.printed(pdf)


def sheet(title: str, cards: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the PDF of many cards on A4, ten a page."""
    pdf = press.blank(title)
    pdf.set_auto_page_break(False)
    for place, card in enumerate(cards):
        if place % PAGE == 0:
            pdf.add_page()
            cut_lines(pdf)
        _draw(pdf, card, *place_of(place))
    return press.printed(pdf)


def place_of(place: int) -> tuple[float, float]:
    """Return the left and top position on the page of the card with this index."""
    row, column = divmod(place % PAGE, _COLUMNS)
    return _LEFT + column * WIDTH, _TOP + row * HEIGHT


def _draw(pdf: FPDF, card: Mapping[str, Any], x: float, y: float) -> None:
    pdf.set_fill_color(*_RED)
    pdf.rect(x + 0.4, y + 0.4, WIDTH - 0.8, HEIGHT - 0.8, style="F", round_corners=True, corner_radius=3)
    indent = _EDGE + (_PHOTO_WIDTH + 4 if card.get("photo") else 0)
    write(pdf, x + _EDGE, y + 5, f"{card['union']}　会员卡", 9, _PALE, WIDTH - 2 * _EDGE)
    if card.get("photo"):
        pdf.image(
            BytesIO(base64.b64decode(card["photo"])), x=x + _EDGE, y=y + 14, w=_PHOTO_WIDTH, h=_PHOTO_HEIGHT,
            keep_aspect_ratio=True,
        )  # fmt: skip
    room = WIDTH - indent - _QR - 2 * _EDGE + 4
    write(pdf, x + indent, y + 14, card["name"], 15, _WHITE, room)
    write(pdf, x + indent, y + 23, card["unit"], 8, _PALE, room)
    write(pdf, x + indent, y + 29, card["joined"], 7, _PALE, room)
    write(pdf, x + _EDGE, y + 42, card["number"], 13, _WHITE)
    code(pdf, card["address"], x + WIDTH - _QR - _EDGE, y + HEIGHT - _QR - _EDGE)


def write(pdf: FPDF, x: float, y: float, text: str, size: float, colour: tuple[int, int, int], room: float = 0) -> None:
    """Write a line, with a smaller font if it would overlap the code."""
    pdf.set_text_color(*colour)
    pdf.set_font(press.FAMILY, size=size)
    while room and size > 5 and pdf.get_string_width(text) > room:
        size -= 0.5
        pdf.set_font(press.FAMILY, size=size)
    pdf.set_xy(x, y)
    pdf.cell(0, size * 0.5, text)


def code(pdf: FPDF, address: str, x: float, y: float, width: float = _QR) -> None:
    """Draw the QR code as black squares on white, not as an image, so that it prints sharp."""
    pdf.set_fill_color(*_WHITE)
    pdf.rect(x, y, width, width, style="F", round_corners=True, corner_radius=1.5)
    rows = [list(row) for row in segno.make(address, error="m").matrix_iter(border=3)]
    side = width / len(rows)
    pdf.set_fill_color(0, 0, 0)
    for down, row in enumerate(rows):
        for start, length in _runs(row):
            pdf.rect(x + start * side, y + down * side, length * side, side, style="F")


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return start and length of each run of dark squares."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


def cut_lines(pdf: FPDF) -> None:
    """Draw the cutting lines of a page."""
    pdf.set_draw_color(*_CUT)
    pdf.set_line_width(0.1)
    for column in range(_COLUMNS + 1):
        x = _LEFT + column * WIDTH
        pdf.line(x, _TOP - 4, x, _TOP + _ROWS * HEIGHT + 4)
    for row in range(_ROWS + 1):
        y = _TOP + row * HEIGHT
        pdf.line(_LEFT - 4, y, _LEFT + _COLUMNS * WIDTH + 4, y)
