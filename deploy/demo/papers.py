"""Papers that the demonstration attaches."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def paper(title: str = "", lines: int = 0) -> bytes:
    """Return a page as PDF without a name on it; the same bytes each time, so that a step can be repeated.

    Args:
        title: in Latin letters.
        lines: how many empty lines to write on it has.
    """
    page = FPDF()
    page.set_creation_date(_MADE_AT)
    page.add_page()
    if title:
        page.set_font("Helvetica", size=14)
        page.text(20, 30, title)
    for row in range(lines):
        page.line(20, 50 + 12 * row, 180, 50 + 12 * row)
    return bytes(page.output())
