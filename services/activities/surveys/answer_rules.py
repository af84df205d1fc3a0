"""Rules of the answers to a survey: which questions are asked of somebody, and what answers them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis.rules.refusal import Refusal

_WORDS = {"line": "text", "text": "text", "number": "number", "date": "day"}
_FIELDS = ("text", "number", "day")
_LONGEST_LINE = 200
_LARGEST_NUMBER = 10**9
_OPTIONS_OF_KIND = {"rating": 5, "yes_no": 2}
_FITS, _REQUIRED = "surveys.answers_fit", "surveys.required_is_answered"
Questions = Sequence[Mapping[str, Any]]
Answers = Sequence[Mapping[str, Any]]
BLANK: Mapping[str, Any] = {"text": None, "number": None, "day": None, "choices": []}


def only_asked(questions: Questions, answers: Answers) -> list[Mapping[str, Any]]:
    """Return answers with those blank whose questions were not asked, by the conditions and the answers before them.

    A question that depends on one which was not asked is not asked either.
    """
    kept: list[Mapping[str, Any]] = []
    for question, answer in zip(questions, answers, strict=False):
        kept.append(answer if is_asked(question, kept) else BLANK)
    return kept


def is_asked(question: Mapping[str, Any], before: Answers) -> bool:
    """Whether a question is asked of who answered the questions before it like this."""
    condition = question["condition"]
    if condition is None:
        return True
    return not set(condition["choices"]).isdisjoint(before[condition["question"] - 1]["choices"])


def answers_fit(questions: Questions, answers: Answers) -> Refusal | None:
    """Answers are those to the questions, each in its form; required ones that are asked are there, at least one is.

    The refusal is that of the first question that is not answered well; `wrong` names the rule by the number of each.

    Args:
        questions: of the survey.
        answers: as `only_asked` returns them.
    """
    if len(answers) != len(questions):
        return Refusal(_FITS, "There is one answer for each question.", "answers", {"number": 0, "wrong": {}})
    wrong = {number: rule for number, rule in enumerate(_ruled(questions, answers), 1) if rule}
    if not wrong and all(is_blank(one) for one in answers):
        return Refusal(_REQUIRED, "Answer something.", "answers", {"number": 0, "wrong": {}})
    if not wrong:
        return None
    number, rule = next(iter(wrong.items()))
    detail = f"Question {number} is to be answered." if rule == _REQUIRED else f"Answer {number} does not fit."
    params = {"number": number, "wrong": {str(one): named for one, named in wrong.items()}}
    return Refusal(rule, detail, "answers", params)


def options_of(question: Mapping[str, Any]) -> int:
    """Return how many options a question has: its own, or those of its kind; 0 where it has none."""
    return _OPTIONS_OF_KIND.get(question["kind"], len(question["options"]))


def is_blank(answer: Mapping[str, Any]) -> bool:
    """Whether there is no answer."""
    return not answer["choices"] and all(answer[name] is None for name in _FIELDS)


def _ruled(questions: Questions, answers: Answers) -> list[str | None]:
    """Return by question the rule that its answer breaks."""
    found: list[str | None] = []
    for place, (question, answer) in enumerate(zip(questions, answers, strict=True)):
        missing = question["required"] and is_blank(answer) and is_asked(question, answers[:place])
        found.append(_FITS if not _fits(question, answer) else _REQUIRED if missing else None)
    return found


def _fits(question: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    kind, choices = question["kind"], answer["choices"]
    wanted = _WORDS.get(kind)
    if any(answer[name] is not None for name in _FIELDS if name != wanted):
        return False
    if wanted is not None:
        long = kind == "line" and answer["text"] is not None and len(answer["text"]) > _LONGEST_LINE
        large = answer["number"] is not None and abs(answer["number"]) >= _LARGEST_NUMBER
        return not (choices or long or large)
    within = all(1 <= one <= options_of(question) for one in choices)
    return within and len(set(choices)) == len(choices) and (kind == "choices" or len(choices) <= 1)
