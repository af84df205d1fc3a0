"""What the benchmark prints: one table, each figure beside its limit or baseline and its aim."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One row.

    Args:
        name: what was done.
        value: what came out, with its unit.
        beside: the limit or baseline, measured in the same run, with its unit; "" where there is none.
        ratio: value to limit (1.0 is the limit itself) or to baseline; None where there is none.
        aim: in words; "" where there is none.
        met: whether the aim was met; None where there is none.
        note: percentiles, counts, what the client cost.
    """

    name: str
    value: str
    beside: str = ""
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None
    note: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the row."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}×"
        met = "" if self.met is None else "met" if self.met else "MISSED"
        return self.name, self.value, self.beside, ratio, self.aim, met, self.note


HEAD = ("workload", "measured", "limit or baseline", "ratio", "aim", "", "note")


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table with aligned columns."""
    rows = [HEAD, *(figure.row for figure in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def as_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """Return the figures for a file."""
    return [asdict(figure) for figure in figures]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
