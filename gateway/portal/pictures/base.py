"""What every picture has: a name on its page, a title, words for those who do not see it, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

TONES = ("first", "second", "third", "fourth", "past", "done", "waiting", "danger", "information", "quiet", "gone")
"""How a part looks (`static/css/55-pictures.css`); `done`, `waiting` and `danger` only where a figure means that."""


@dataclass(frozen=True)
class Series:
    """What a colour stands for.

    Args:
        label: words of the legend.
        tone: one of `TONES`.
    """

    label: Any
    tone: str = "first"

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"no tone {self.tone}")


@dataclass(frozen=True)
class Table:
    """The figures of a picture as a table.

    Args:
        headings: of the columns; the first is of the rows' names.
        rows: the name of a row, then its cells as they are written.
        addresses: of the rows' names, in their order; empty for none.
    """

    headings: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    addresses: Sequence[str | None] = ()

    def address(self, row: int) -> str | None:
        """Return the address of a row's name, by its place."""
        return self.addresses[row] if row < len(self.addresses) else None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture.

    Args:
        name: unique on its page; ids of elements begin with it.
        title: its heading.
        note: a line under the heading: what the scale is, where figures come from; None for none.
        description: what the picture shows, in a sentence for a screen reader; None where its texts say it.
        table: shown behind a disclosure; None where the picture's own texts are everything.
        empty: what is said instead when there is nothing to draw.
        level: of the heading, 2 or 3; None where the page has its own heading.
    """

    kind: ClassVar[str]

    name: str
    title: Any
    note: Any = None
    description: Any = None
    table: Table | None = None
    empty: Any = None
    level: int | None = 2
