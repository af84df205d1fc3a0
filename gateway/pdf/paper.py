"""A plain document on A4: headings, paragraphs, facts, tables, pictures; page numbers in the footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from gateway.pdf import press

_MARGIN = 18.0
_INK, _SOFT, _LINE, _RED = (33, 37, 41), (95, 102, 110), (206, 212, 218), (179, 38, 30)
_LABEL_WIDTH = 42.0


class Paper:
    """One document.

    Args:
        title: heading of the first page and title of the document.
        subtitle: one line below: the member and the day.
        landscape: for wide tables.
    """

    def __init__(self, title: str, subtitle: str = "", *, landscape: bool = False) -> None:
        self.pdf: FPDF = press.blank(title, orientation="landscape" if landscape else "portrait")
        self.pdf.set_margins(_MARGIN, _MARGIN)
        self.pdf.set_auto_page_break(True, _MARGIN)
        self.pdf.footer = self._foot  # type: ignore[method-assign]
        self.pdf.alias_nb_pages()
        self.pdf.add_page()
        self._line(title, 18, 10, _INK)
        if subtitle:
            self._line(subtitle, 10, 6, _SOFT)
        self.pdf.ln(2)
        self.pdf.set_draw_color(*_RED)
        self.pdf.line(_MARGIN, self.pdf.y, self.pdf.w - _MARGIN, self.pdf.y)
        self.pdf.ln(4)

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.pdf.ln(3)
        self._line(text, 13, 8, _INK)

    def text(self, text: str) -> None:
        """Write a paragraph."""
        self._line(text, 10, 5.5, _INK)
        self.pdf.ln(1.5)

    def facts(self, rows: Iterable[tuple[str, Any]]) -> None:
        """Write labels with their values, one per line; an empty value is a dash."""
        for label, value in rows:
            top = self.pdf.y
            self._ink(10, _SOFT)
            self.pdf.multi_cell(_LABEL_WIDTH, 6, label, new_x=XPos.RIGHT, new_y=YPos.TOP, align="L")
            below = self.pdf.y
            self._ink(10, _INK)
            shown = "—" if value in (None, "") else str(value)
            self.pdf.set_xy(_MARGIN + _LABEL_WIDTH, max(top, below))
            self.pdf.multi_cell(0, 6, shown, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def table(
        self, headings: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] | None = None
    ) -> None:
        """Write a table; its headings are repeated on each page.

        Args:
            headings: of the columns.
            rows: a value for each column; None is a dash.
            widths: relative widths of the columns, equal by default.
        """
        self._ink(9, _INK)
        self.pdf.set_draw_color(*_LINE)
        with self.pdf.table(
            col_widths=tuple(widths) if widths else None,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            text_align="LEFT",
            line_height=6,
            headings_style=FontFace(family=press.FAMILY, emphasis="", color=_SOFT),
            first_row_as_headings=True,
        ) as table:
            table.row(list(headings))
            for row in rows:
                table.row(["—" if value in (None, "") else str(value) for value in row])
        self.pdf.ln(2)

    def output(self) -> bytes:
        """Return the document's bytes."""
        return press.printed(self.pdf)

    def _line(self, text: str, size: float, height: float, colour: tuple[int, int, int]) -> None:
        self._ink(size, colour)
        self.pdf.multi_cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def _ink(self, size: float, colour: tuple[int, int, int]) -> None:
        self.pdf.set_font(press.FAMILY, size=size)
        self.pdf.set_text_color(*colour)

    def _foot(self) -> None:
        self.pdf.set_y(-12)
        self._ink(8, _SOFT)
        self.pdf.cell(0, 6, f"{self.pdf.page_no()} / {{nb}}", align="C")
