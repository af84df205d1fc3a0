"""Changes of a survey's list of questions; conditions keep naming the question and the option they named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Question = Mapping[str, Any]
Questions = Sequence[Question]


def with_question(questions: Questions, number: int, new: Question) -> list[Question]:
    """Return the questions with another one at a number, or at the end.

    Conditions on the replaced question follow its options by their words; those whose option is gone are left out.
    """
    if number > len(questions):
        return [*questions, new]
    old = questions[number - 1]["options"]
    places = {at: new["options"].index(words) + 1 for at, words in enumerate(old, 1) if words in new["options"]}
    followed = [_following(one, number, places) if old else one for one in questions]
    return [*followed[: number - 1], new, *followed[number:]]


def moved(questions: Questions, number: int, by: int) -> list[Question]:
    """Return the questions with one a place further up (`by` -1) or down (1); at the edge nothing moves."""
    to = number + by
    if not (1 <= number <= len(questions) and 1 <= to <= len(questions)):
        return list(questions)
    order = list(range(1, len(questions) + 1))
    order[number - 1], order[to - 1] = order[to - 1], order[number - 1]
    new_of = {old: new for new, old in enumerate(order, 1)}
    return [_renumbered(questions[old - 1], new_of.__getitem__) for old in order]


def without(questions: Questions, number: int) -> list[Question]:
    """Return the questions without one; what depended on it is always asked."""
    kept = [one for at, one in enumerate(questions, 1) if at != number]
    free = [{**one, "condition": None} if _depends(one, number) else one for one in kept]
    return [_renumbered(one, lambda of: of - (of > number)) for one in free]


def _depends(question: Question, number: int) -> bool:
    return question["condition"] is not None and question["condition"]["question"] == number


def _renumbered(question: Question, new_of: Callable[[int], int]) -> Question:
    condition = question["condition"]
    if condition is None:
        return question
    return {**question, "condition": {**condition, "question": new_of(condition["question"])}}


def _following(question: Question, number: int, places: Mapping[int, int]) -> Question:
    """Return a question whose condition names options at their new places."""
    if not _depends(question, number):
        return question
    choices = [places[one] for one in question["condition"]["choices"] if one in places]
    return {**question, "condition": {"question": number, "choices": choices} if choices else None}
