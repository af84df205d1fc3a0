"""What comes of sheets. Pure: answers in, counts out; who reads a result can recompute every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.chassis.rules.small_groups import hidden_groups

Counts = list[list[list[int]]]
"""For each subject, for each criterion: how many sheets have each grade."""


@dataclass(frozen=True)
class Handed:
    """How many sheets came in a group, filled in here and on paper."""

    online: int
    paper: int


@dataclass
class Tally:
    """Counts of a group.

    Args:
        shape: how many criteria each subject has.
        grades: how many grades there are.
    """

    shape: Sequence[int]
    grades: int
    online: int = 0
    paper: int = 0
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.counts = [[[0] * self.grades for _ in range(criteria)] for criteria in self.shape]

    def add_sheet(self, answers: Sequence[Sequence[int]]) -> None:
        """Count one sheet; a 0 is no answer."""
        self.online += 1
        for rows, given in zip(self.counts, answers, strict=True):
            for row, grade in zip(rows, given, strict=True):
                if grade:
                    row[grade - 1] += 1

    def add_papers(self, sheets: int, counts: Sequence[Sequence[Sequence[int]]]) -> None:
        """Count paper sheets that people counted."""
        self.paper += sheets
        self._add(counts)

    def add(self, other: Tally) -> None:
        """Count what another group has."""
        self.online, self.paper = self.online + other.online, self.paper + other.paper
        self._add(other.counts)

    @property
    def handed(self) -> Handed:
        """How many sheets are counted."""
        return Handed(self.online, self.paper)

    def _add(self, counts: Sequence[Sequence[Sequence[int]]]) -> None:
        for rows, more in zip(self.counts, counts, strict=True):
            for row, added in zip(rows, more, strict=True):
                row[:] = [here + there for here, there in zip(row, added, strict=True)]


def people_told(groups: Iterable[Handed]) -> int:
    """Return of how many people the figures of some groups tell, to who knows the paper counts.

    Who entered paper counts can subtract them, so that paper does not make a group of few online sheets larger.
    """
    found = list(groups)
    online = sum(one.online for one in found)
    return online or sum(one.paper for one in found)


def hidden_of(groups: Mapping[int, Handed], smallest: int) -> frozenset[int]:
    """Return the groups that are not told. Groups without a sheet tell of nobody."""
    return hidden_groups({key: one for key, one in groups.items() if one.online or one.paper}, smallest, people_told)


def mean(counts: Sequence[int]) -> str | None:
    """Return the mean of grades in points with two places, rounded half up: the worst has 1; None without answers.

    >>> mean([1, 1, 0, 0])
    '3.50'
    """
    answered, grades = sum(counts), len(counts)
    if not answered:
        return None
    points = sum(count * (grades - place) for place, count in enumerate(counts))
    hundredths = (points * 200 + answered) // (2 * answered)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def satisfied_percent(counts: Sequence[int], satisfied: int) -> str | None:
    """Return which part of the answers has one of the best grades, in percent with one place; None without answers.

    >>> satisfied_percent([2, 0, 1, 0], 2)
    '66.7'
    """
    return share(sum(counts[:satisfied]), sum(counts))


def share(part: int, whole: int | None) -> str | None:
    """Return a part of a whole in percent with one place, rounded half up; None of nothing."""
    if not whole:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def over_all(rows: Iterable[Sequence[int]]) -> list[int]:
    """Return the counts of several criteria together."""
    totals: Counter[int] = Counter()
    places = 0
    for row in rows:
        places = max(places, len(row))
        totals.update(dict(enumerate(row)))
    return [totals[place] for place in range(places)]
