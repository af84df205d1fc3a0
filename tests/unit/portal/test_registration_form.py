"""What a member sees of options, companions and an offered seat, and what an organiser's rows are read as."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, render_template, request
from werkzeug.datastructures import MultiDict

from gateway.portal.service_calls import Part
from gateway.subjects.activities.activities import member_pages, options_pages, questions_pages
from gateway.subjects.activities.activities.question_fields import answers_form, answers_in, conditions
from gateway.union_profile import profile
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from tests.unit.portal.test_shared_pages import activity

FORM: dict[str, Any] = {
    "most_companions": 2,
    "groups": [{"name": "出行", "least": 1, "most": 1}, {"name": "其他", "least": 0, "most": 2}],
    "quotas": [],
    "options": [
        {"number": 1, "name": "大巴", "group": "出行", "closed": False, "left": 0},
        {"number": 2, "name": "停开的车", "group": "出行", "closed": True, "left": 5},
        {"number": 3, "name": "午餐", "group": "其他", "closed": False, "left": 7},
    ],
}


@pytest.fixture(autouse=True)
def unnamed_union(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "current", lambda: profile.NOTHING_SET)


def page(portal: Flask, registration: dict[str, Any] | None = None, **more: Any) -> str:
    shown = activity()
    check = {
        "registration": registration, "may_register": registration is None, "would_be": "confirmed",
        "register_refusals": [], "may_cancel": False, "cancel_refusals": [], "basis": None,
    }  # fmt: skip
    told = {"activity": shown, "exact": Part(shown), "check": Part(check), "registered": None, "form": FORM, **more}
    with portal.test_request_context("/activities/1"):
        return render_template("portal/member/activity.html", **told)


def test_open_options_can_be_chosen_and_tell_what_is_left(portal: Flask):
    text = page(portal)

    assert 'type="radio" name="option.出行" value="1"' in text
    assert 'type="checkbox" name="option" value="3"' in text
    assert "停开的车" not in text
    assert "已满，选它要候补" in text
    assert "剩 7" in text
    assert 'name="companions"' in text


def test_an_offered_seat_can_be_accepted_or_declined(portal: Flask):
    registration = {
        "state": "offered", "offered_until": "2030-04-30T08:00:00+00:00", "companions": 1, "option_names": ["大巴"],
        "position": None,
    }  # fmt: skip

    text = page(portal, registration)

    assert 'name="accept" value="yes"' in text
    assert 'name="accept" value="no"' in text
    assert "同行 1 人" in text
    assert "您已报名" not in text


def test_what_a_member_ticked_is_what_is_asked_for(portal: Flask):
    sent = {"option.出行": "1", "option": ["3"], "companions": "2", "other": "9"}
    with portal.test_request_context("/activities/1/register", method="POST", data=sent):
        assert member_pages.chosen_in(request.form) == {"companions": 2, "options": [1, 3]}
    with portal.test_request_context("/activities/1/register", method="POST", data={"companions": "0"}):
        assert member_pages.chosen_in(request.form) is None


def test_rows_of_the_organisers_page_are_read_and_empty_ones_left_out(portal: Flask):
    sent = {
        "groups-0-name": "出行", "groups-0-least": "1", "groups-0-most": "x", "groups-1-name": "",
        "quotas-0-number": "4", "quotas-0-name": "座位", "quotas-0-size": "45",
        "options-1-name": "大巴", "options-1-group": "出行", "options-1-quotas": "座位，午餐", "options-1-closed": "1",
    }  # fmt: skip
    with portal.test_request_context("/console/activities/1/options", method="POST", data=sent):
        rows = options_pages._sent(options_pages._posted())

    assert rows == {
        "groups": [{"name": "出行", "least": 1, "most": "x"}],
        "quotas": [{"number": 4, "name": "座位", "size": 45}],
        "options": [{"name": "大巴", "group": "出行", "quotas": ["座位", "午餐"], "closed": True}],
    }


QUESTIONS: list[dict[str, Any]] = [
    {"number": 4, "text": "忌口吗", "hint": None, "kind": "yes_no", "required": True, "choices": [], "closed": False,
     "if_question": None, "if_answers": [], "if_option": None},
    {"number": 2, "text": "哪些", "hint": "可多选", "kind": "choices", "required": True, "choices": ["海鲜", "其他"],
     "closed": False, "if_question": 1, "if_answers": ["yes"], "if_option": 3},
    {"number": 9, "text": "问过的", "hint": None, "kind": "line", "required": True, "choices": [], "closed": True,
     "if_question": None, "if_answers": [], "if_option": None},
]  # fmt: skip


def test_questions_are_asked_below_the_options_and_say_when(portal: Flask):
    text = page(portal, questions=QUESTIONS, answers=answers_form(QUESTIONS), conditions=conditions(QUESTIONS))

    assert 'type="radio" name="answers.4" value="yes"' in text
    assert 'data-if-name="answers.4"' in text
    assert 'data-if-option="3"' in text
    assert 'type="checkbox" name="answers.2" value="海鲜"' in text
    assert "问过的" not in text


def test_what_is_wrong_stands_beside_its_question_and_what_was_sent_is_kept(portal: Flask):
    sent = MultiDict([("answers.4", "yes"), ("answers.2", "其他"), ("option", "3"), ("asked", "1")])
    with portal.test_request_context("/"):
        form = answers_form(QUESTIONS, posted=sent)
        wrong = InputError("questions.answer_among_choices", "Choose from what is offered.")
        form.take(InvalidInput(errors={"answers.2": [wrong]}))
        assert answers_in(form) == {"4": "yes", "2": ["其他"]}

    shown = {"questions": QUESTIONS, "answers": form, "conditions": conditions(QUESTIONS)}
    text = page(portal, **shown, chosen_before={"options": [3], "companions": 1})

    assert "请从所列答案中选。" in text
    assert 'value="其他" id="answers.2-2" checked' in text
    assert 'value="3" id="option-3" checked' in text
    assert '<option value="1" selected>' in text


def test_questions_of_the_organisers_page_are_read_as_the_command_takes_them(portal: Flask):
    sent = {
        "questions-0-text": "忌口", "questions-0-kind": "choices", "questions-0-choices": "海鲜\r\n\r\n 其他 ",
        "questions-0-required": "1", "questions-0-number": "2", "questions-0-if_question": "1",
        "questions-0-if_answers": "是", "questions-0-if_option": "",
    }  # fmt: skip
    with portal.test_request_context("/", method="POST", data=sent):
        row = questions_pages._sent(questions_pages._row(0, {}, questions_pages._posted(0)))

    assert (row["choices"], row["if_answers"], row["number"]) == (["海鲜", "其他"], ["yes"], 2)
    assert (row["required"], row["if_question"], row["if_option"]) == (True, 1, None)
