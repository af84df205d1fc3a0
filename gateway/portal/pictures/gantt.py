"""Gantt rows: what happens from when to when within a year, how far it is, and the days of what happens in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture, Series
from gateway.portal.pictures.scale import amount, rounded

_NARROWEST = 1.0
"""Percent of the width under which a span could not be seen."""


@dataclass(frozen=True)
class Moment:
    """A day that is marked on a row, with what it is in words."""

    day: date
    label: Any
    tone: str = "first"


@dataclass(frozen=True)
class GanttRow:
    """A span of days.

    Args:
        label: what it is.
        first, last: its days, both included.
        series: its state.
        percent: how much of it is done, 0 to 100.
        text: what is written beside it.
        moments: days in it that are marked.
        address: of the label; None for plain text.
    """

    label: Any
    first: date
    last: date
    series: Series
    percent: Any = 0
    text: Any = ""
    moments: Sequence[Moment] = ()
    address: str | None = None


@dataclass(frozen=True)
class Track:
    """A row as it is drawn: x, width, the width that is done, and the places of its moments, in percent."""

    row: GanttRow
    x: float
    width: float
    done: float
    moments: Sequence[tuple[float, Moment]]


@dataclass(frozen=True, kw_only=True)
class Gantt(Picture):
    """Spans under each other over the months of a year.

    Args:
        year: which.
        months: short names of the twelve months.
        rows: the spans; days before or after the year are cut off.
        series: the states, for the legend.
        today: the day that is marked; None, or a day of another year, for none.
    """

    kind: ClassVar[str] = "gantt"

    year: int
    months: Sequence[Any]
    rows: Sequence[GanttRow]
    series: Sequence[Series]
    today: date | None = None

    @property
    def is_blank(self) -> bool:
        """Whether there is no span."""
        return not self.rows

    @property
    def edges(self) -> list[float]:
        """Where the months begin."""
        return [rounded(self._at(date(self.year, month, 1))) for month in range(1, 13)]

    @property
    def now(self) -> float | None:
        """Where today is."""
        return rounded(self._at(self.today)) if self.today is not None and self.today.year == self.year else None

    @property
    def tracks(self) -> list[Track]:
        """The spans as they are drawn."""
        return [self._track(row) for row in self.rows]

    def _track(self, row: GanttRow) -> Track:
        x = self._at(row.first)
        end = self._at(row.last, days=1)
        width = max(_NARROWEST, end - x)
        x = min(x, 100 - width)
        done = width * min(100.0, max(0.0, float(amount(row.percent)))) / 100
        marked = [(rounded(self._at(one.day)), one) for one in row.moments if one.day.year == self.year]
        return Track(row, rounded(x), rounded(width), rounded(done), marked)

    def _at(self, day: date, days: int = 0) -> float:
        begins, ends = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        passed = min(max(0, (day - begins).days + days), (ends - begins).days)
        return passed * 100 / (ends - begins).days
