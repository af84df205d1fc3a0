"""Rules of questions: who is asked what, and which answers fit. Pure.

Answers are texts, or lists of texts for several choices: numbers and days are kept as they are written, yes_no as
`yes` or `no`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from services.chassis.rules.refusal import Refusal

Answer = str | list[str]
LONGEST = {"line": 200, "text": 2_000}
"""Characters of a text, by kind."""
_LARGEST = Decimal(10) ** 12
_YES_NO = {True: "yes", False: "no", "yes": "yes", "no": "no", "true": "yes", "false": "no"}


@dataclass(frozen=True)
class Question:
    """One question as these rules see it; see the contract for conditions."""

    number: int
    kind: str
    text: str = ""
    required: bool = False
    choices: Sequence[str] = ()
    if_question: int | None = None
    """The number of the question it depends on."""
    if_answers: Sequence[str] = ()
    if_option: int | None = None
    closed: bool = False


@dataclass(frozen=True)
class Wrong:
    """What is wrong with an answer: a code, a sentence, and the figures it names."""

    code: str
    detail: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """The answers that are kept, and what is wrong with the others, each by number of the question."""

    answers: Mapping[int, Answer]
    wrong: Mapping[int, Wrong]


MISSING = Wrong("questions.answer_required", "An answer is required.")
_UNKNOWN = Wrong("questions.question_known", "There is no such question.")
_NOT_OFFERED = Wrong("questions.answer_among_choices", "Choose from what is offered.")
_NO_TEXT = Wrong("questions.answer_is_text", "A text is expected.")
_NO_NUMBER = Wrong("questions.answer_is_number", "A number is expected.")
_NO_DAY = Wrong("questions.answer_is_date", "A date is expected.")
_NO_YES_OR_NO = Wrong("questions.answer_is_yes_or_no", "Yes or no is expected.")


def check_answers(
    questions: Sequence[Question], given: Mapping[int, Any], options: Collection[int], *, on_behalf: bool = False
) -> Checked:
    """Check all answers at once; what is not asked is left out, also where it was answered.

    Args:
        questions: in order; each depends on earlier ones only.
        given: answers as they came, by number of the question.
        options: numbers of the chosen options.
        on_behalf: whether somebody else answers, who may leave required questions to the member.
    """
    kept: dict[int, Answer] = {}
    wrong: dict[int, Wrong] = {number: _UNKNOWN for number in given if number not in {one.number for one in questions}}
    for question in questions:
        if not is_asked(question, kept, options):
            continue
        answer = _read(question, given.get(question.number))
        if isinstance(answer, Wrong):
            wrong[question.number] = answer
        elif answer:
            kept[question.number] = answer
        elif question.required and not on_behalf:
            wrong[question.number] = MISSING
    return Checked(kept, wrong)


def is_asked(question: Question, answers: Mapping[int, Answer], options: Collection[int]) -> bool:
    """Whether a question is asked of somebody with these answers to the questions before it.

    One that depends on a question which is not asked itself, or not answered, is not asked.
    """
    if question.closed or (question.if_option is not None and question.if_option not in options):
        return False
    if question.if_question is None:
        return True
    answer = answers.get(question.if_question)
    return not set([answer] if isinstance(answer, str) else answer or ()).isdisjoint(question.if_answers)


def missing_answers(questions: Iterable[Question], answers: Mapping[int, Answer], options: Collection[int]) -> int:
    """Return how many questions must be answered and are not: they were asked after the registration."""
    return sum(
        one.required and one.number not in answers and is_asked(one, answers, options) for one in questions
    )  # fmt: skip


def _read(question: Question, given: Any) -> Answer | Wrong | None:
    """Return an answer as it is kept, None where nothing was answered."""
    given = given.strip() if isinstance(given, str) else given
    if given is None or given in ("", []):
        return None
    return _READERS[question.kind](question, given)


def _text(question: Question, given: Any) -> Answer | Wrong:
    if not isinstance(given, str) or any(ord(one) < 32 and one not in "\n\t" for one in given):
        return _NO_TEXT
    most = LONGEST[question.kind]
    if len(given) > most:
        return Wrong("questions.answer_is_short_enough", f"At most {most} characters.", {"most": most})
    return " ".join(given.split()) if question.kind == "line" else given


def _choice(question: Question, given: Any) -> Answer | Wrong:
    return given if isinstance(given, str) and given in question.choices else _NOT_OFFERED


def _choices(question: Question, given: Any) -> Answer | Wrong:
    chosen = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) and one in question.choices for one in chosen):
        return _NOT_OFFERED
    return [one for one in question.choices if one in chosen]


def _number(question: Question, given: Any) -> Answer | Wrong:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return _NO_NUMBER
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        return _NO_NUMBER
    if not number.is_finite() or abs(number) >= _LARGEST or abs(int(number.as_tuple().exponent)) > 12:
        return _NO_NUMBER
    return f"{number:f}"


def _day(question: Question, given: Any) -> Answer | Wrong:
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        return _NO_DAY
    return day.isoformat() if 1900 <= day.year <= 2200 else _NO_DAY


def _yes_no(question: Question, given: Any) -> Answer | Wrong:
    return _YES_NO.get(given, _NO_YES_OR_NO) if isinstance(given, bool | str) else _NO_YES_OR_NO


_READERS = {
    "line": _text, "text": _text, "choice": _choice, "choices": _choices, "number": _number, "date": _day,
    "yes_no": _yes_no,
}  # fmt: skip


def answered_questions_stay(removed: Collection[str]) -> Refusal | None:
    """A question that somebody answered is closed, not removed: its answers stay readable."""
    if not removed:
        return None
    detail = "Somebody answered it; close it instead of removing it."
    return Refusal("questions.answered_questions_stay", detail, "questions", {"questions": "、".join(sorted(removed))})


def kinds_of_answered_questions_stay(changed: Collection[str]) -> Refusal | None:
    """Answers of one kind can't be read as answers of another."""
    if not changed:
        return None
    detail = "Somebody answered it; its kind can't change any more."
    told = {"questions": "、".join(sorted(changed))}
    return Refusal("questions.kinds_of_answered_questions_stay", detail, "questions", told)


def options_of_questions_exist(unknown: Collection[str]) -> Refusal | None:
    """A question depends on an option of its own activity only."""
    if not unknown:
        return None
    told = {"questions": "、".join(sorted(unknown))}
    return Refusal("questions.options_of_questions_exist", "The activity has no such option.", "questions", told)


def answers_can_be_changed(seconds_left: float, state: str) -> Refusal | None:
    """Members change their answers while they can cancel."""
    if seconds_left > 0 and state == "scheduled":
        return None
    detail = "The last moment to change answers has passed; ask the organiser."
    return Refusal("questions.answers_can_be_changed", detail)
