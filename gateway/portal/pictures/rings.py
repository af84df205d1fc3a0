"""Rings: the parts of a whole, and progress towards a whole. The way round is 100 long and begins at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, ClassVar

from gateway.portal.pictures.base import Picture, Series
from gateway.portal.pictures.scale import amount, percent, rounded

_GAP = 0.8
"""Between parts, in percent of the way round."""


@dataclass(frozen=True)
class Share:
    """A part of a whole.

    Args:
        series: its words and look.
        value: its figure; a negative one counts as 0.
        text: the figure as it is written in the legend.
        address: of its words; None for plain text.
    """

    series: Series
    value: Any
    text: Any
    address: str | None = None


@dataclass(frozen=True)
class Arc:
    """A part of the way round: how long, and how far it begins from the top."""

    length: float
    start: float
    tone: str


@dataclass(frozen=True, kw_only=True)
class Ring(Picture):
    """The parts of a whole as a ring, with a legend that has the figures.

    Args:
        shares: the parts, from the top clockwise; their sum is the whole.
        centre: what stands in the ring: the whole, written short.
        centre_label: what that is.
    """

    kind: ClassVar[str] = "ring"

    shares: Sequence[Share]
    centre: Any = ""
    centre_label: Any = None

    @property
    def whole(self) -> Decimal:
        """The sum of the parts."""
        return sum((max(Decimal(0), amount(share.value)) for share in self.shares), Decimal(0))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to draw."""
        return self.whole == 0

    @property
    def arcs(self) -> list[Arc]:
        """The parts as they are drawn; without gaps when there is only one."""
        drawn = [share for share in self.shares if amount(share.value) > 0]
        lengths = [float(amount(share.value) * 100 / self.whole) for share in drawn]
        gap = _GAP if len(drawn) > 1 else 0.0
        return [
            Arc(rounded(max(0.1, long - gap)), rounded(start), share.series.tone)
            for share, long, start in zip(drawn, lengths, [0.0, *accumulate(lengths)], strict=False)
        ]

    def percent(self, share: Share) -> int:
        """Return a part of the whole in whole percent."""
        return percent(max(Decimal(0), amount(share.value)), self.whole)


@dataclass(frozen=True, kw_only=True)
class ProgressRing(Picture):
    """How much of a whole is done, as a ring with its percentage in it.

    Args:
        value: what is done.
        whole: of how much.
        text: the figures in words, under the ring: "12 of 40".
        tone: how the done part looks.
        address: where the ring leads; None for nowhere.
    """

    kind: ClassVar[str] = "progress"

    value: Any
    whole: Any = 100
    text: Any = None
    tone: str = "first"
    address: str | None = None

    @property
    def percent(self) -> int:
        """What is done in percent, also over 100; never under 0."""
        return max(0, percent(self.value, self.whole))

    @property
    def arc(self) -> float:
        """The length of the ring that is drawn, at most 100."""
        of = amount(self.whole)
        return rounded(min(100.0, max(0.0, float(amount(self.value) * 100 / of)))) if of > 0 else 0.0
