"""Surveys over HTTP: by name and anonymously, from the draft to the published result, through gateway and service."""

from __future__ import annotations

import secrets

import requests

from services.chassis import ballot_board as board
from services.chassis.security import blind_signatures as blinding
from tests.e2e.stories import in_days
from tests.support.api import eventually

QUESTIONS = [
    {"question": "参加过吗", "kind": "yes_no", "required": True},
    {"question": "为什么没有", "kind": "line", "required": True, "condition": {"question": 1, "choices": [2]}},
]
YES = [{"choices": [1]}, {}]


def has_todo(caller, survey_id):
    waiting = caller.get("/me/todos", kind="survey_to_answer")["items"]
    return any(one["subject_id"] == survey_id for one in waiting)


def test_a_named_survey_is_answered_changed_and_published(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    terms = {"title": "端到端实名问卷", "anonymous": False, "questions": QUESTIONS, "closes_at": in_days(5)}
    address = f"/surveys/{officer.post('/surveys', terms, status=201)['id']}"
    survey_id = address.rpartition("/")[2]
    member.get(address, status=403)
    assert officer.post(f"{address}/open")["state"] == "open"
    eventually(lambda: has_todo(member, survey_id))

    refused = member.post(f"{address}/answers", {"answers": [{"choices": [2]}, {}]}, status=409)
    assert (refused["rule"], refused["params"]["wrong"]) == (
        "surveys.required_is_answered", {"2": "surveys.required_is_answered"},
    )  # fmt: skip
    member.post(f"{address}/answers", {"answers": [{"choices": [2]}, {"text": "没有时间"}]})
    member.post(f"{address}/answers", {"answers": [{"choices": [1]}, {"text": "没有时间"}]})
    assert [one["text"] for one in member.get(address)["own_answers"]] == [None, None]
    eventually(lambda: not has_todo(member, survey_id))

    officer.post(f"{address}/close")
    member.get(f"{address}/result", status=409)
    officer.post(f"{address}/publication", {"with_texts": False})
    result = member.get(f"{address}/result")
    assert [one["answered"] for one in result["questions"]] == [1, 0]
    assert [one["title"] for one in member.get("/me/survey-answers")["items"]].count("端到端实名问卷") == 1
    chair = signed_in("chair")
    chair.get(f"{address}/figures", status=403)


def test_an_anonymous_sheet_needs_no_account_and_one_member_hands_in_one(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    terms = {"title": "端到端匿名问卷", "questions": QUESTIONS}
    survey_id = officer.post("/surveys", terms, status=201)["id"]
    address = f"/surveys/{survey_id}"
    officer.post(f"{address}/open")
    eventually(lambda: officer.get(address)["state"] == "open")
    assert member.post(f"{address}/answers", {"answers": YES}, status=409)["rule"] == "surveys.way_fits"

    public = f"{union.url}/api/v1{address}"
    group = member.get(address)["group"]
    keys = {one["group"]: one["key"] for one in requests.get(f"{public}/keys", timeout=30).json()["groups"]}
    key, prepared = blinding.public_key(board.decoded(keys[group])), blinding.prepare(secrets.token_bytes(32))
    blinded = blinding.blind(key, prepared)
    signed = member.post(f"{address}/tokens", {"blinded": board.encoded(blinded.message)})["signature"]
    other = board.encoded(blinding.blind(key, blinding.prepare(secrets.token_bytes(32))).message)
    again = member.post(f"{address}/tokens", {"blinded": other}, status=409)
    assert again["rule"] == "surveys.request_is_the_first"
    signature = blinding.finalize(key, prepared, board.decoded(signed), blinded.inverse)
    sheet = {
        "group": group, "token": board.encoded(prepared), "signature": board.encoded(signature), "answers": YES,
    }  # fmt: skip
    for _ in range(2):
        assert requests.post(f"{public}/sheets", json=sheet, timeout=30).json() == {"taken": True}
    assert officer.get(address)["sheets"] == 1
    assert officer.post(f"{address}/close")["state"] == "closed"
    told = officer.get(f"{address}/result")
    assert (told["sheets"], told["shown"]) == (1, False), "one sheet tells nothing"
