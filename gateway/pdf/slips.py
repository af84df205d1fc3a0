"""Slips (开通单): ten per A4 page with cutting lines, each with a member's number and one-time code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.pdf import press
from gateway.pdf.cards import PAGE, WIDTH, code, cut_lines, place_of, write

_INK, _SOFT = (33, 37, 41), (95, 102, 110)
_EDGE, _QR = 5.0, 20.0


def sheet(title: str, slips: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the PDF of many slips.

    Args:
        title: of the document.
        slips: `union`, `name`, `unit`, `number`, `code`, `address`, `until`.
    """
    pdf = press.blank(title)
    pdf.set_auto_page_break(False)
    for place, slip in enumerate(slips):
        if place % PAGE == 0:
            pdf.add_page()
            cut_lines(pdf)
        _draw(pdf, slip, *place_of(place))
    return press.printed(pdf)


def _draw(pdf: Any, slip: Mapping[str, Any], x: float, y: float) -> None:
    left, room = x + _EDGE, WIDTH - 2 * _EDGE
    beside = room - _QR - 2
    write(pdf, left, y + 4, f"{slip['union']}　会员开通单", 8, _SOFT, room)
    write(pdf, left, y + 9.5, slip["name"], 13, _INK, beside)
    write(pdf, left, y + 16.5, slip["unit"], 8, _SOFT, beside)
    write(pdf, left, y + 22.5, f"会员号　{slip['number']}", 10, _INK, beside)
    write(pdf, left, y + 31, f"开通码　{slip['code']}", 12, _INK, room)
    write(pdf, left, y + 38.5, slip["address"].partition("?")[0], 8, _INK, room)
    write(pdf, left, y + 43.5, f"{slip['until']} 前有效，只能用一次，请勿转交他人。", 7, _SOFT, room)
    write(pdf, left, y + 47.5, "打开网址或扫码，填会员号和开通码，自己设置用户名和密码。", 7, _SOFT, room)
    code(pdf, slip["address"], x + WIDTH - _QR - _EDGE, y + 9.5, _QR)
