"""Rules of questions: who is asked what, and which answers fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.questions.rules import (
    Question,
    Wrong,
    check_answers,
    is_asked,
    missing_answers,
)

CHOICES = ("红", "蓝")


def one(kind: str, given: Any) -> Any:
    """What is kept of an answer, or the code of what is wrong with it."""
    checked = check_answers([Question(1, kind, choices=CHOICES)], {1: given}, ())
    wrong = checked.wrong.get(1)
    return wrong.code if isinstance(wrong, Wrong) else checked.answers.get(1)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("line", "  a \t b ", "a b"), ("text", "一\n二", "一\n二"), ("line", "   ", None), ("line", None, None),
        ("choice", "红", "红"), ("choices", ["蓝", "红", "蓝"], ["红", "蓝"]), ("choices", "蓝", ["蓝"]),
        ("choices", [], None), ("number", 42, "42"), ("number", "3.50", "3.50"), ("number", "-1e3", "-1000"),
        ("number", 0, "0"), ("date", "2026-02-28", "2026-02-28"), ("yes_no", True, "yes"), ("yes_no", False, "no"),
        ("yes_no", "no", "no"),
    ],
)  # fmt: skip
def test_answers_are_kept_in_one_form(kind: str, given: Any, kept: Any):
    assert one(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("line", "x" * 201, "answer_is_short_enough"), ("text", "x" * 2001, "answer_is_short_enough"),
        ("line", 3, "answer_is_text"), ("line", "a\x00b", "answer_is_text"), ("choice", "绿", "answer_among_choices"),
        ("choice", ["红"], "answer_among_choices"), ("choices", ["红", "绿"], "answer_among_choices"),
        ("choices", [["红"]], "answer_among_choices"), ("number", "abc", "answer_is_number"),
        ("number", True, "answer_is_number"), ("number", "NaN", "answer_is_number"),
        ("number", "1e400", "answer_is_number"), ("number", "1e-400", "answer_is_number"),
        ("date", "2026-02-30", "answer_is_date"), ("date", 5, "answer_is_date"),
        ("date", "0001-01-01", "answer_is_date"),
        ("yes_no", "maybe", "answer_is_yes_or_no"), ("yes_no", 1, "answer_is_yes_or_no"),
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_say_what_is_expected(kind: str, given: Any, code: str):
    assert one(kind, given) == f"questions.{code}"


CHAIN = [
    Question(1, "yes_no", required=True),
    Question(2, "choices", required=True, choices=CHOICES, if_question=1, if_answers=("yes",)),
    Question(3, "line", required=True, if_question=2, if_answers=("蓝",), if_option=7),
    Question(4, "line", required=True, closed=True),
]


def test_who_is_not_asked_a_question_is_not_asked_what_depends_on_it():
    checked = check_answers(CHAIN, {1: "no", 2: ["蓝"], 3: "x", 4: "y"}, (7,))
    assert (checked.answers, checked.wrong) == ({1: "no"}, {})


def test_both_conditions_must_hold():
    answers = {1: "yes", 2: ["红", "蓝"]}
    assert is_asked(CHAIN[2], answers, (7,))
    assert not is_asked(CHAIN[2], answers, ())
    assert not is_asked(CHAIN[2], {1: "yes", 2: ["红"]}, (7,))
    assert missing_answers(CHAIN, answers, (7,)) == 1
    assert missing_answers(CHAIN, answers, ()) == 0


def test_a_wrong_answer_leaves_what_depends_on_it_for_later():
    checked = check_answers(CHAIN, {1: "yes", 2: ["绿"]}, (7,))
    assert {number: wrong.code for number, wrong in checked.wrong.items()} == {2: "questions.answer_among_choices"}


def test_who_answers_for_somebody_else_may_leave_required_questions():
    assert check_answers(CHAIN, {}, (), on_behalf=True).wrong == {}
    assert check_answers(CHAIN, {}, ()).wrong.keys() == {1}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(CHOICES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.integers(1, 5), ANYTHING), st.sets(st.sampled_from([7, 8])))
def test_whatever_is_sent_is_kept_or_refused_and_what_is_kept_is_kept_again(given: dict, options: set):
    checked = check_answers(CHAIN, given, options)
    assert not set(checked.answers) & set(checked.wrong)
    again = check_answers(CHAIN, checked.answers, options, on_behalf=True)
    assert again.answers == checked.answers
    assert not again.wrong
