"""Sparklines: the course of a figure as a small line beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture
from gateway.portal.pictures.scale import amount, rounded

WIDTH, HEIGHT = 120, 32
_EDGE = 4
"""Pixels kept free around the line, for its end point."""


@dataclass(frozen=True, kw_only=True)
class Sparkline(Picture):
    """A line of the course of a figure; its lowest and highest values are its foot and head.

    Args:
        values: from the oldest to the latest; equal ones are drawn in the middle.
        tone: how the line looks.
    """

    kind: ClassVar[str] = "sparkline"
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT

    values: Sequence[Any]
    tone: str = "first"

    @property
    def is_blank(self) -> bool:
        """Whether there is no value."""
        return not self.values

    @property
    def points(self) -> list[tuple[float, float]]:
        """The points of the line in pixels; one value is a point at the right end."""
        found = [float(amount(value)) for value in self.values]
        if not found:
            return []
        least, most = min(found), max(found)
        step = (WIDTH - 2 * _EDGE) / max(1, len(found) - 1)
        high = HEIGHT - 2 * _EDGE
        first = _EDGE if len(found) > 1 else WIDTH - _EDGE
        return [
            (rounded(first + at * step), rounded(_EDGE + high * (1 - _height(value, least, most))))
            for at, value in enumerate(found)
        ]

    @property
    def line(self) -> str:
        """The points as SVG has them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


def _height(value: float, least: float, most: float) -> float:
    return (value - least) / (most - least) if most > least else 0.5
