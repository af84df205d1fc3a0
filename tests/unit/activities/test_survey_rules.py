"""Rules of surveys: who is asked what, what answers fit, what is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.activities.surveys import answer_rules, counting_rules, rules

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)


def question(kind: str, condition: tuple[int, tuple[int, ...]] | None = None, **changes: Any) -> dict[str, Any]:
    asked = {"question": "一题", "kind": kind, "options": [], "required": False, "condition": None, **changes}
    return {**asked, "condition": {"question": condition[0], "choices": list(condition[1])}} if condition else asked


def answer(*choices: int, **said: Any) -> dict[str, Any]:
    return {**answer_rules.BLANK, "choices": list(choices), **said}


def refused(questions: list[dict[str, Any]], answers: list[Any]) -> str | None:
    refusal = answer_rules.answers_fit(questions, answer_rules.only_asked(questions, answers))
    return refusal.rule if refusal else None


@pytest.mark.parametrize(
    ("kind", "given", "fits"),
    [
        ("choice", answer(2), True),
        ("choice", answer(1, 2), False),
        ("choice", answer(3), False),
        ("choices", answer(1, 2), True),
        ("choices", answer(1, 1), False),
        ("rating", answer(5), True),
        ("rating", answer(6), False),
        ("yes_no", answer(2), True),
        ("yes_no", answer(3), False),
        ("line", answer(text="字" * 200), True),
        ("line", answer(text="字" * 201), False),
        ("text", answer(text="字" * 1000), True),
        ("text", answer(1), False),
        ("number", answer(number=Decimal("-2.5")), True),
        ("number", answer(number=Decimal(10**9)), False),
        ("number", answer(text="三"), False),
        ("date", answer(day=NOW.date()), True),
        ("date", answer(text="明天"), False),
    ],
)
def test_an_answer_has_the_form_of_its_question(kind: str, given: Any, fits: bool) -> None:
    options = ["甲", "乙"] if kind in ("choice", "choices") else []
    assert refused([question(kind, options=options)], [given]) == (None if fits else "surveys.answers_fit")


def test_what_is_asked_follows_from_the_answers_that_count() -> None:
    questions = [question("yes_no"), question("rating", (1, (1,))), question("line", (2, (4, 5)), required=True)]
    stale = [answer(2), answer(5), answer(text="还在")]
    kept = answer_rules.only_asked(questions, stale)
    assert kept == [answer(2), answer_rules.BLANK, answer_rules.BLANK]
    assert refused(questions, stale) is None
    assert refused(questions, [answer(1), answer(5), answer()]) == "surveys.required_is_answered"
    assert refused(questions, [answer(1), answer(3), answer()]) is None


def test_every_wrong_answer_is_named() -> None:
    questions = [question("line", required=True), question("number"), question("rating", required=True)]
    refusal = answer_rules.answers_fit(questions, [answer(), answer(text="x"), answer()])
    assert refusal is not None
    assert refusal.params["wrong"] == {
        "1": "surveys.required_is_answered", "2": "surveys.answers_fit", "3": "surveys.required_is_answered",
    }  # fmt: skip


def test_an_empty_sheet_or_one_of_another_length_is_none() -> None:
    questions = [question("line"), question("rating")]
    assert refused(questions, [answer(), answer()]) == "surveys.required_is_answered"
    assert refused(questions, [answer(text="一")]) == "surveys.answers_fit"


@pytest.mark.parametrize(
    ("closes_at", "new", "fits"),
    [
        (NOW + timedelta(hours=1), NOW + timedelta(hours=2), True),
        (NOW + timedelta(hours=2), NOW + timedelta(hours=1), False),
        (None, NOW + timedelta(hours=1), True),
        (None, NOW, False),
    ],
)
def test_an_extension_is_later(closes_at: datetime | None, new: datetime, fits: bool) -> None:
    assert (rules.extension_is_later(closes_at, new, NOW) is None) == fits


def test_answers_are_taken_to_the_second() -> None:
    assert rules.survey_is_open("open", NOW + timedelta(seconds=1), NOW) is None
    assert rules.survey_is_open("open", NOW, NOW) is not None
    assert rules.survey_is_open("opening", None, NOW) is not None


def test_means_and_percents_round_half_up() -> None:
    tally = counting_rules.Tally(question("rating"))
    for points in (1, 2, 2):
        tally.add(answer(points))
    tally.add(answer())
    assert (tally.answered, tally.mean, tally.counts) == (3, "1.67", [1, 2, 0, 0, 0])
    numbers = counting_rules.Tally(question("number"))
    for one in ("0.005", "0.005"):
        numbers.add(answer(number=one))
    assert numbers.mean == "0.01"
    assert [counting_rules.percent(*one) for one in ((1, 3), (1, 2000), (1, 2001), (0, 0))] == [
        "33.3", "0.1", "0.0", None,
    ]  # fmt: skip


def test_answers_in_words() -> None:
    chosen = question("choices", options=["甲", "乙", "丙"])
    assert counting_rules.in_words(chosen, answer(1, 3)) == "甲、丙"
    assert counting_rules.in_words(question("yes_no"), answer(2)) == "否"
    assert counting_rules.in_words(question("number"), answer(number="0")) == "0"
    assert counting_rules.in_words(question("line"), answer()) is None
