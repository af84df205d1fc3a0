"""Grids: the days of a month with a figure each, and a matrix of rows and columns with marks.

They are drawn as tables with marks in them, because their cells are links: a picture hides links from screen readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture, Series
from gateway.portal.pictures.scale import amount

_LEVELS = 4
"""Steps of colour of a month grid; 0 is none."""


@dataclass(frozen=True)
class Day:
    """A day of a month grid: its figure, and its step of colour, 0 to 4."""

    day: date
    value: Any
    level: int
    inside: bool
    today: bool
    address: str | None


@dataclass(frozen=True, kw_only=True)
class MonthGrid(Picture):
    """The days of a month, Monday first, coloured by a figure.

    Args:
        year, month: which month.
        values: the figure of a day; days without one have none.
        addresses: of days; days without one are plain.
        today: the day that is marked; None for none.
        unit: what the figures count, for screen readers: "visits".
    """

    kind: ClassVar[str] = "month_grid"

    year: int
    month: int
    values: Mapping[date, Any]
    addresses: Mapping[date, str] = field(default_factory=dict)
    today: date | None = None
    unit: Any = ""

    @property
    def is_blank(self) -> bool:
        """Whether no day of the month has a figure."""
        return not any(amount(day.value) for week in self.weeks for day in week if day.inside)

    @property
    def weeks(self) -> list[list[Day]]:
        """The weeks that cover the month."""
        first = date(self.year, self.month, 1)
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        start = first - timedelta(days=first.weekday())
        count = (following - start).days
        count += -count % 7
        days = [self._day(start + timedelta(days=at)) for at in range(count)]
        return [days[at : at + 7] for at in range(0, count, 7)]

    def _day(self, day: date) -> Day:
        inside = day.month == self.month
        value = self.values.get(day) if inside else None
        most = max((amount(value) for at, value in self.values.items() if at.month == self.month), default=amount(0))
        found = amount(value)
        level = -int(-found * _LEVELS // most) if found > 0 else 0
        return Day(day, value, level, inside, day == self.today, self.addresses.get(day) if inside else None)


@dataclass(frozen=True)
class Cell:
    """A mark in a matrix: an item with its state.

    Args:
        label: its name.
        series: its state.
        address: where it leads; None for nowhere.
        note: what is said of it beside its state, where it has actions.
        actions: words and addresses of what can be done with it: the mark opens a panel with these; empty for none.
    """

    label: Any
    series: Series
    address: str | None = None
    note: Any = None
    actions: Sequence[tuple[Any, str]] = ()


@dataclass(frozen=True)
class MatrixRow:
    """A row of a matrix: its name, its marks by column, and marks that stand for the whole row.

    Args:
        label: its name.
        cells: marks of each column, in the order of the columns.
        whole: marks of no column.
        address: of the name; None for plain text.
    """

    label: Any
    cells: Sequence[Sequence[Cell]]
    whole: Sequence[Cell] = ()
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Matrix(Picture):
    """Rows and columns with marks.

    Args:
        columns: short names of the columns.
        rows: the rows.
        series: the states, for the legend.
        column_addresses: of the columns, in their order; empty for none.
        now: the place of the column that is marked as the present one; None for none.
        corner: the heading of the rows.
        whole_label: the heading of the marks of no column; None when no row has such.
    """

    kind: ClassVar[str] = "matrix"

    columns: Sequence[Any]
    rows: Sequence[MatrixRow]
    series: Sequence[Series]
    column_addresses: Sequence[str] = ()
    now: int | None = None
    corner: Any = ""
    whole_label: Any = None

    @property
    def is_blank(self) -> bool:
        """Whether there is no mark."""
        return not any(row.whole or any(row.cells) for row in self.rows)
