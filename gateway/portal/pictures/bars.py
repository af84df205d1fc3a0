"""Bars: rows with a label, a bar of one or several parts, and its figures; all on one scale, or each on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture, Series
from gateway.portal.pictures.scale import amount, length, rounded


@dataclass(frozen=True)
class BarRow:
    """One bar.

    Args:
        label: what it is about.
        parts: its figures, in the order of the series; a negative one has no length.
        text: its figures as they are written beside it.
        whole: what it is a part of, drawn as the ground; None for no ground.
        mark: a figure marked on the bar, such as what is expected by now; None for none.
        address: of the label; None for plain text.
        remark: a second line under the label, such as "over by ¥300".
        warns: whether the text is set as a warning.
    """

    label: Any
    parts: Sequence[Any]
    text: Any = ""
    whole: Any = None
    mark: Any = None
    address: str | None = None
    remark: Any = None
    warns: bool = False

    @property
    def sum(self) -> Decimal:
        """The sum of the parts that have a length."""
        return sum((max(Decimal(0), amount(part)) for part in self.parts), Decimal(0))

    @property
    def longest(self) -> Decimal:
        """The longest thing drawn in the row."""
        return max(self.sum, amount(self.whole), amount(self.mark))


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it begins and how long it is, in percent of the width."""

    x: float
    width: float
    tone: str


@dataclass(frozen=True)
class Lane:
    """A bar as it is drawn; `ground` is the length of its whole, `limit` its end when the parts go beyond it."""

    row: BarRow
    segments: Sequence[Segment]
    ground: float
    mark: float | None
    limit: float | None


@dataclass(frozen=True, kw_only=True)
class Bars(Picture):
    """Bars under each other.

    Args:
        series: what the parts are; the legend is shown when there are several, or a ground or mark.
        rows: the bars.
        own_scale: whether each bar has its own scale, where 100 % is its whole; otherwise all have the longest's.
        whole_label: what the ground is, in the legend.
        mark_label: what the mark is, in the legend.
    """

    kind: ClassVar[str] = "bars"

    series: Sequence[Series]
    rows: Sequence[BarRow]
    own_scale: bool = False
    whole_label: Any = None
    mark_label: Any = None

    @property
    def top(self) -> Decimal:
        """The longest bar; the end of the common scale."""
        return max((row.longest for row in self.rows), default=Decimal(0))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to draw."""
        return self.top == 0

    @property
    def lanes(self) -> list[Lane]:
        """The bars as they are drawn."""
        return [self._lane(row, row.longest if self.own_scale else self.top) for row in self.rows]

    def _lane(self, row: BarRow, top: Decimal) -> Lane:
        widths = [length(part, top) for part in row.parts]
        starts = [0.0, *accumulate(widths)]
        segments = [
            Segment(rounded(start), rounded(min(width, 100 - start)), series.tone)
            for start, width, series in zip(starts, widths, self.series, strict=False)
            if width and start < 100
        ]
        ground = length(row.whole, top)
        mark = length(row.mark, top) if row.mark is not None else None
        beyond = row.whole is not None and row.sum > amount(row.whole) > 0
        return Lane(row, segments, ground, mark, ground if beyond else None)
