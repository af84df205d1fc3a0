"""Building a survey's questions: conditions keep naming what they named, whatever is moved, changed, removed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from gateway.subjects.activities.surveys.question_lists import moved, with_question, without
from gateway.subjects.activities.surveys.questions import answers_of


def asked(name: str, condition: tuple[int, list[int]] | None = None, options: tuple[str, ...] = ()) -> dict[str, Any]:
    depends = {"question": condition[0], "choices": condition[1]} if condition else None
    return {"question": name, "kind": "choice", "options": list(options), "condition": depends}


FIRST = asked("甲", options=("一", "二", "三"))
SECOND = asked("乙", options=("好", "差"))
THIRD = asked("丙", (1, [2, 3]))


def named(questions: list[Any]) -> list[tuple[str, str | None]]:
    """Each question with the one it depends on, by their names."""
    of = [one["condition"] and questions[one["condition"]["question"] - 1]["question"] for one in questions]
    return list(zip((one["question"] for one in questions), of, strict=True))


def test_a_moved_question_is_followed_by_conditions() -> None:
    assert named(moved([FIRST, SECOND, THIRD], 1, 1)) == [("乙", None), ("甲", None), ("丙", "甲")]
    assert named(moved([FIRST, SECOND, THIRD], 1, -1)) == [("甲", None), ("乙", None), ("丙", "甲")]


def test_what_depended_on_a_removed_question_is_always_asked() -> None:
    assert named(without([FIRST, SECOND, THIRD], 1)) == [("乙", None), ("丙", None)]
    assert named(without([FIRST, SECOND, THIRD], 2)) == [("甲", None), ("丙", "甲")]


def test_conditions_follow_options_by_their_words() -> None:
    changed = with_question([FIRST, SECOND, THIRD], 1, asked("甲", options=("三", "一", "新")))
    assert changed[2]["condition"] == {"question": 1, "choices": [1]}
    gone = with_question([FIRST, SECOND, THIRD], 1, asked("甲", options=("一", "新")))
    assert gone[2]["condition"] is None
    assert with_question([FIRST], 2, SECOND) == [FIRST, SECOND]


@given(st.lists(st.sampled_from([-1, 1]), max_size=12), st.integers(1, 3))
def test_moving_there_and_back_changes_nothing(steps: list[int], number: int) -> None:
    questions: list[Any] = [FIRST, SECOND, THIRD]
    at, trail = number, []
    for step in steps:
        if 1 <= at + step <= 3:
            questions = moved(questions, at, step)
            trail.append((at + step, -step))
            at += step
    for place, back in reversed(trail):
        questions = moved(questions, place, back)
    assert questions == [FIRST, SECOND, THIRD]


def test_what_was_filled_in_becomes_one_answer_for_each_question() -> None:
    kinds = [{"kind": kind} for kind in ("choices", "yes_no", "text", "number", "date", "rating")]
    posted = MultiDict(
        [("q1", "2"), ("q1", "3"), ("q2", "0"), ("q3", " 一行\r\n两行 "), ("q4", "2.5"), ("q5", ""), ("q6", "x1")]
    )
    blank = {"text": None, "number": None, "day": None, "choices": []}
    assert answers_of(kinds, posted) == [
        {**blank, "choices": [2, 3]}, blank, {**blank, "text": "一行\n两行"}, {**blank, "number": "2.5"}, blank, blank,
    ]  # fmt: skip
