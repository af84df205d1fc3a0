"""Rules of scores, ranks and awards. Pure; exact fractions, rounded only where a score is shown."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TypeVar

LEAST = {"mean": 1, "trimmed_mean": 3}
"""How many sheets an entry needs: without the highest and the lowest one is left."""
_Key = TypeVar("_Key", bound=Hashable)
_DIGITS = 60


@dataclass(frozen=True)
class Score:
    """What sheets and adjustments give an entry.

    Args:
        raw: of the sheets, exact.
        adjusted: the sum of what was added and taken off.
    """

    raw: Fraction
    adjusted: Fraction

    @property
    def final(self) -> Fraction:
        """The score that counts, exact; ranks go by it."""
        return self.raw + self.adjusted


def total_of(points: Mapping[int, Decimal], weights: Mapping[int, Decimal]) -> Fraction:
    """Return the weighted total of a sheet, exact.

    Args:
        points: by number of the criterion, one for each.
        weights: in per cent, by number of the criterion; they sum to 100.
    """
    return sum((Fraction(points[number]) * Fraction(weight) for number, weight in weights.items()), Fraction()) / 100


def raw_score(totals: Sequence[Fraction], scoring: str) -> Fraction | None:
    """Return the score of an entry from the totals of its sheets, exact; None where there are too few.

    Args:
        totals: of the sheets that were handed in.
        scoring: `mean` of all, or `trimmed_mean`: of those without one highest and one lowest.
    """
    if len(totals) < LEAST[scoring]:
        return None
    counted = sorted(totals)
    if scoring == "trimmed_mean":
        counted = counted[1:-1]
    return sum(counted, Fraction()) / len(counted)


def left_out(totals: Mapping[_Key, Fraction], scoring: str) -> frozenset[_Key]:
    """Return the sheets that the trimmed mean leaves out: of equal ones the first by key."""
    if scoring != "trimmed_mean" or len(totals) < LEAST[scoring]:
        return frozenset()
    ordered = sorted(totals, key=lambda key: (totals[key], str(key)))
    return frozenset((ordered[0], ordered[-1]))


def rounded(value: Fraction) -> Decimal:
    """Return a score with two decimals; a half is rounded up, below zero away from it."""
    with localcontext() as context:
        context.prec = _DIGITS
        hundredths = abs(value) * 100
        whole = int(hundredths + Fraction(1, 2))
        return (Decimal(whole) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) * (-1 if value < 0 else 1)


def exact(value: Fraction) -> str:
    """Return the total of a sheet in full: it is a decimal, because points and weights are."""
    with localcontext() as context:
        context.prec = _DIGITS
        text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ranks(scores: Mapping[_Key, Fraction]) -> dict[_Key, int]:
    """Return ranks from 1 on, the highest score first: equal scores share a rank, as 1, 2, 2, 4.

    Scores are equal where they are in full; two that only look equal when rounded are not.
    """
    ordered = sorted(scores.values(), reverse=True)
    first: dict[Fraction, int] = {}
    for place, score in enumerate(ordered, start=1):
        first.setdefault(score, place)
    return {key: first[score] for key, score in scores.items()}


def award_of(rank: int, counts: Collection[tuple[str, int]]) -> str | None:
    """Return the award of a rank, None for none.

    Args:
        rank: in the group.
        counts: names of the awards with how many places each is for, the highest award first. Who shares the last
            place of an award gets it too.
    """
    upto = 0
    for name, count in counts:
        upto += count
        if rank <= upto:
            return name
    return None
