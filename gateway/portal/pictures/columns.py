"""Columns over months, or over any few things in their order, with last year's beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture, Series
from gateway.portal.pictures.scale import amount, end_of_scale, rounded

HEIGHT = 172
"""Pixels of the whole picture."""
_ABOVE, _BELOW = 26, 24
"""Pixels for the figures over the columns and the labels under them."""
_PLOT = HEIGHT - _ABOVE - _BELOW
_THINNEST = 1.5
"""Pixels under which a figure that is not zero could not be seen."""
_FITS = 3
"""Characters over a column that fit on a phone."""
_WIDE, _BESIDE = 0.62, 0.36
"""Width of a column as part of its place: alone, and of two beside each other."""


@dataclass(frozen=True)
class Box:
    """A piece of a column: x and width in percent, y and height in pixels."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class Place:
    """A column with what stands over and under it; `x`, `width` are of its place, `centre` of its texts, in percent.

    `minor`: its text would run into its neighbours' on a phone, and is left out there.
    """

    label: Any
    text: Any
    said: Any
    address: str | None
    boxes: Sequence[Box]
    x: float
    width: float
    centre: float
    text_y: float
    minor: bool


@dataclass(frozen=True, kw_only=True)
class Columns(Picture):
    """Columns beside each other on one scale.

    Args:
        labels: under the columns, short.
        series: what the parts of a column are, from its foot to its head.
        parts: the figures of each column, in the order of the series.
        texts: figures written over the columns, short; empty for none.
        said: what a column is in words ("March: ¥1,200"), for its tooltip and screen readers.
        addresses: of the columns, in their order; empty for none.
        past: last year's figures, drawn beside; empty for none. None in it for a month without a figure.
        past_series: what `past` is.
        top_text: how the end of the scale is written, made from it by the caller; see `top`.
    """

    kind: ClassVar[str] = "columns"
    height: ClassVar[int] = HEIGHT

    labels: Sequence[Any]
    series: Sequence[Series]
    parts: Sequence[Sequence[Any]]
    said: Sequence[Any]
    texts: Sequence[Any] = ()
    addresses: Sequence[str | None] = ()
    past: Sequence[Any] = ()
    past_series: Series | None = None

    @property
    def top(self) -> Decimal:
        """The end of the scale above zero; 0 when every figure is negative."""
        largest = max((*(_above(parts) for parts in self.parts), *map(amount, self.past)), default=Decimal(0))
        return end_of_scale(largest) if largest > 0 or not self.bottom else Decimal(0)

    @property
    def bottom(self) -> Decimal:
        """The end of the scale under zero, as a positive number; 0 when no figure is negative."""
        least = min((*(_under(parts) for parts in self.parts), *map(amount, self.past)), default=Decimal(0))
        return end_of_scale(-least) if least < 0 else Decimal(0)

    @property
    def zero(self) -> float:
        """The height of zero in pixels from the top."""
        return rounded(_ABOVE + _PLOT * float(self.top / (self.top + self.bottom)))

    @property
    def lines(self) -> list[float]:
        """Heights of the lines behind the columns: the end of the scale, its half, zero and the end under it."""
        above = [float(_ABOVE), rounded((_ABOVE + self.zero) / 2)] if self.top else []
        return [*above, self.zero, *([float(_ABOVE + _PLOT)] if self.bottom else [])]

    @property
    def is_blank(self) -> bool:
        """Whether every figure is 0."""
        return not any(amount(part) for parts in (*self.parts, self.past) for part in parts)

    @property
    def places(self) -> list[Place]:
        """The columns as they are drawn."""
        return [self._place(at) for at in range(len(self.labels))]

    def _place(self, at: int) -> Place:
        place = 100 / len(self.labels)
        start, beside = at * place, at < len(self.past) and self.past_series is not None
        boxes: list[Box] = []
        if beside and self.past_series is not None:
            inset = place * (1 - 2 * _BESIDE) / 2
            boxes += self._stacked([self.past[at]], [self.past_series], start + inset, place * _BESIDE)
            x, width = start + inset + place * _BESIDE, place * _BESIDE
        else:
            x, width = start + place * (1 - _WIDE) / 2, place * _WIDE
        own = self._stacked(self.parts[at], self.series, x, width)
        return Place(
            label=self.labels[at],
            text=self.texts[at] if at < len(self.texts) else None,
            said=self.said[at],
            address=self.addresses[at] if at < len(self.addresses) else None,
            boxes=[*boxes, *own],
            x=rounded(start),
            width=rounded(place),
            centre=rounded(start + place / 2),
            text_y=rounded(min((box.y for box in (*boxes, *own)), default=self.zero) - 6),
            minor=at not in self._spoken and len(str(self.texts[at] if at < len(self.texts) else "")) > _FITS,
        )

    @cached_property
    def _spoken(self) -> set[int]:
        """The columns whose texts are kept where there is no room: the last one, and the highest one apart from it."""
        sums = [_above(parts) for parts in self.parts]
        filled = [at for at, value in enumerate(sums) if value]
        if not filled:
            return set()
        last, highest = filled[-1], max(filled, key=lambda at: sums[at])
        return {last, highest} if last - highest > 1 else {last}

    def _stacked(self, parts: Sequence[Any], series: Sequence[Series], x: float, width: float) -> list[Box]:
        pixel = _PLOT / float(self.top + self.bottom)
        boxes, up, down = [], self.zero, self.zero
        for part, one in zip(parts, series, strict=False):
            value = float(amount(part))
            if not value:
                continue
            height = max(_THINNEST, abs(value) * pixel)
            y = up - height if value > 0 else down
            up, down = (y, down) if value > 0 else (up, down + height)
            boxes.append(Box(rounded(x), rounded(y), rounded(width), rounded(height), one.tone))
        return boxes


def _above(parts: Sequence[Any]) -> Decimal:
    return sum((max(Decimal(0), amount(part)) for part in parts), Decimal(0))


def _under(parts: Sequence[Any]) -> Decimal:
    return sum((min(Decimal(0), amount(part)) for part in parts), Decimal(0))
