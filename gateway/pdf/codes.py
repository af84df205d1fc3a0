"""QR codes as SVG for pages. `cards` draws those in PDF documents."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """Return a QR code as inline SVG without size and style."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2)
    return drawn.getvalue().decode("utf-8")
