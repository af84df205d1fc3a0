"""What comes of the sheets of a survey. Pure: answers in, counts and words out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.activities.surveys.answer_rules import is_blank, options_of

_HUNDREDTH = Decimal("0.01")
_YES_NO = ("是", "否")


@dataclass
class Tally:
    """Counts of one question.

    Args:
        question: as it was asked.
    """

    question: Mapping[str, Any]
    answered: int = 0
    counts: list[int] = field(init=False)
    total: Decimal = Decimal(0)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = [0] * options_of(self.question)

    def add(self, answer: Mapping[str, Any]) -> None:
        """Count one answer; a blank one is none."""
        if is_blank(answer):
            return
        self.answered += 1
        for one in answer["choices"]:
            self.counts[one - 1] += 1
            self.total += one
        if answer["number"] is not None:
            self.total += Decimal(str(answer["number"]))
        said = answer["text"] or answer["day"]
        if said:
            self.words.append(str(said))

    @property
    def mean(self) -> str | None:
        """The mean of points or numbers with two places, rounded half up; None where there is none."""
        if not self.answered or self.question["kind"] not in ("rating", "number"):
            return None
        return str((self.total / self.answered).quantize(_HUNDREDTH, ROUND_HALF_UP))


def counted(questions: Sequence[Mapping[str, Any]], sheets: Iterable[Sequence[Mapping[str, Any]]]) -> list[Tally]:
    """Return the counts of each question over all sheets."""
    tallies = [Tally(one) for one in questions]
    for sheet in sheets:
        for tally, answer in zip(tallies, sheet, strict=True):
            tally.add(answer)
    return tallies


def percent(part: int, whole: int) -> str | None:
    """Return a part of a whole in percent with one place, rounded half up; None of nothing.

    >>> percent(2, 3)
    '66.7'
    """
    if not whole:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def option_words(question: Mapping[str, Any]) -> list[str]:
    """Return what the options of a question say, in order; none where it has none."""
    if question["kind"] == "yes_no":
        return list(_YES_NO)
    return list(question["options"]) or [str(one) for one in range(1, options_of(question) + 1)]


def in_words(question: Mapping[str, Any], answer: Mapping[str, Any]) -> str | None:
    """Return an answer as text; None where there is none."""
    if is_blank(answer):
        return None
    options = option_words(question)
    chosen = "、".join(options[one - 1] for one in answer["choices"])
    return str(answer["text"] or answer["number"] or answer["day"] or chosen)
