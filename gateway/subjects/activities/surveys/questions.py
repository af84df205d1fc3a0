"""The questions of a survey as pages show them, and what was filled in as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from gateway.subjects.activities.surveys.words import condition_words, option_words
from services.contracts.activities.surveys.vocabulary import CHOSEN_FROM

_FIELDS = {"line": "text", "text": "text", "number": "number", "date": "day"}


def asked(
    questions: Sequence[Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Return questions for the form.

    Args:
        questions: of the survey.
        answers: what stands in the form; None for nothing.
        wrong: the rule that an answer breaks, by the number of its question.
    """
    return [
        {
            **one,
            "number": number,
            "words": option_words(one),
            "when": condition_words(questions, one["condition"]),
            "value": _value(one, answers[number - 1]) if answers else None,
            "chosen": answers[number - 1]["choices"] if answers else [],
            "wrong": (wrong or {}).get(str(number)),
        }
        for number, one in enumerate(questions, 1)
    ]


def answers_of(questions: Sequence[Mapping[str, Any]], posted: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Return what was filled in, one answer for each question."""
    return [_answer(one, posted, f"q{number}") for number, one in enumerate(questions, 1)]


def _answer(question: Mapping[str, Any], posted: MultiDict[str, str], name: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"text": None, "number": None, "day": None, "choices": []}
    if question["kind"] in CHOSEN_FROM:
        answer["choices"] = [int(one) for one in posted.getlist(name) if one.isdecimal() and len(one) < 3 and int(one)]
    else:
        answer[_FIELDS[question["kind"]]] = posted.get(name, "").strip().replace("\r\n", "\n") or None
    return answer


def _value(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Any:
    name = _FIELDS.get(question["kind"])
    return answer[name] if name else None
