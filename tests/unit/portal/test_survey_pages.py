"""What members see of a survey; nothing typed is lost where something is wrong, in organisers' forms neither."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from gateway.subjects.activities.surveys import member_pages, question_pages
from gateway.union_profile import profile
from services.chassis.errors import InvalidInput, Refused
from services.chassis.identifiers import uuid7

SURVEY = str(uuid7())
QUESTIONS: list[dict[str, Any]] = [
    {"question": "常去吗", "kind": "choice", "options": ["常去", "偶尔", "不去"], "required": True, "condition": None},
    {"question": "打几分", "kind": "rating", "options": [], "required": False,
     "condition": {"question": 1, "choices": [1, 2]}},
    {"question": "想改进什么", "kind": "text", "options": [], "required": True, "condition": None},
]  # fmt: skip
FOUND: dict[str, Any] = {
    "id": SURVEY, "title": "食堂满意度", "about": None, "state": "open", "anonymous": False, "by_unit": False,
    "electorate": "members", "audience": {"units": [], "employments": []}, "activity_id": None, "entitled": 40,
    "opens_at": None, "opened_at": "2026-03-01T00:00:00+00:00", "closes_at": "2030-03-08T00:00:00+00:00",
    "closed_at": None, "published_at": None, "reason": None, "fingerprint": None, "smallest": 5, "rule": None,
    "questions": QUESTIONS, "mine": "open", "group": 1, "own_answers": None, "may_fill": True, "shows_result": False,
    "with_texts": False, "version": 3,
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_member(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "current", lambda: profile.NOTHING_SET)
    monkeypatch.setattr(member_pages, "signed_in", lambda: SimpleNamespace(member_id=uuid7()))


def page(portal: Flask, found: dict[str, Any]) -> str:
    with portal.test_request_context(f"/surveys/{SURVEY}"):
        return member_pages._page(found, found["own_answers"])


def test_a_page_of_an_anonymous_survey_has_no_answer_and_no_token(portal: Flask) -> None:
    """LimeSurvey once wrote the participant's token into the page of an anonymous survey."""
    text = page(portal, {**FOUND, "anonymous": True, "fingerprint": "5f" * 32})
    assert f'data-about="{SURVEY}"' in text
    assert 'method="post" class="panel" novalidate' not in text, "nothing is sent with the account"
    assert not re.search(r'name="(token|signature)"', text)
    assert "5f5f5f5f5f5f5f5f…" in text


def test_conditions_stand_beside_their_questions(portal: Flask) -> None:
    text = page(portal, FOUND)
    assert text.count("data-question=") == 3
    assert "&#34;choices&#34;: [1, 2]" in text
    assert "只在第 1 题选了“常去”、“偶尔”时问" in text, "who has no scripts reads it"


def test_nothing_filled_in_is_lost_or_changed_where_an_answer_is_missing(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decidim chose the last option of every question again when one answer was missing."""
    wrong = {"number": 3, "wrong": {"3": "surveys.required_is_answered"}}

    def refuse(*_: Any, **__: Any) -> Any:
        raise Refused("Question 3 is to be answered.", rule="surveys.required_is_answered", params=wrong)

    monkeypatch.setattr(member_pages, "call", lambda *_, **__: FOUND)
    monkeypatch.setattr(member_pages, "send", refuse)
    posted = MultiDict([("q1", "2"), ("q2", "4"), ("q3", "")])
    view = member_pages.survey.__wrapped__
    with portal.test_request_context(f"/surveys/{SURVEY}", method="POST", data=posted):
        text, status = view(SURVEY)
    assert status == 422
    checked = re.findall(r'name="(q\d)" value="(\d)" id="[^"]+" checked', text)
    assert checked == [("q1", "2"), ("q2", "4")]
    shown = re.findall(r'id="(q\d)-error"[^>]*?(hidden)?>', text)
    assert [(name, bool(hidden)) for name, hidden in shown] == [("q1", True), ("q2", True), ("q3", False)]


def test_a_refused_question_keeps_its_options_and_says_what_is_wrong_beside_them(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decidim emptied the options of a question when the survey was not valid."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise Refused("Not the kind.", rule="surveys.options_fit", field="options", params={"number": 4})

    monkeypatch.setattr(question_pages, "send", refuse)
    posted = {"question": "新的一题", "kind": "choice", "option_lines": "只有一项\r\n", "condition": "1-2"}
    with portal.test_request_context("/console/surveys/1/questions/new", method="POST", data=posted):
        text, status = question_pages._answer(FOUND, 4, {})
    assert status == 422
    assert ">只有一项" in text
    assert 'value="1-2" id="condition-2" checked' in text
    assert "第 4 题：单选和多选至少要两个不重复的选项" in text


def test_a_condition_is_of_one_question(portal: Flask) -> None:
    assert question_pages._condition([]) is None
    assert question_pages._condition(["2-1", "2-5"]) == {"question": 2, "choices": [1, 5]}
    with pytest.raises(InvalidInput):
        question_pages._condition(["1-1", "2-1"])
