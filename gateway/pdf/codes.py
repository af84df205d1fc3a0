"""Codes a camera reads, as a picture to stand in a page. What is printed on paper stands in `cards`."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """Return a QR code as SVG to stand in a page: sized by the page, without style of its own."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2)
    return drawn.getvalue().decode("utf-8")
