"""A document of headings, tables and paragraphs, whose words are ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.pdf.paper import Paper


def drawn(title: str, subtitle: str, blocks: Sequence[tuple[str, Any]]) -> bytes:
    """Return the PDF.

    Args:
        title: of the document.
        subtitle: below it.
        blocks: in order, each a kind and what it says: "heading" and "text" a text, "table" its headings, rows and
            relative widths of columns.
    """
    paper = Paper(title, subtitle)
    for kind, said in blocks:
        if kind == "heading":
            paper.heading(said)
        elif kind == "table":
            paper.table(*said)
        else:
            paper.text(said)
    return paper.output()
