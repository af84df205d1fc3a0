"""A survey that is closed with its result published, one that is open and anonymous, one by name, and a draft."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis import ballot_board as board
from services.chassis import clock
from services.chassis.errors import Refused
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results
from services.contracts.membership.record import operations as record

_MOST_TRIES = 900
_UNITS, _FILLED = 3, 36
_SATISFACTION: list[dict[str, Any]] = [
    {"question": "过去一年您参加过工会组织的文体活动吗？", "kind": "yes_no", "required": True},
    {
        "question": "没有参加的主要原因是什么？", "kind": "choice", "condition": {"question": 1, "choices": [2]},
        "options": ["时间冲突", "没看到通知", "不感兴趣", "报名已满"],
    },
    {
        "question": "希望多办哪些活动？", "kind": "choices", "required": True,
        "options": ["球类比赛", "健步走", "书画摄影", "亲子活动", "讲座培训"],
    },
    {"question": "对去年的活动总体打几分？", "kind": "rating"},
    {"question": "还有什么建议？", "kind": "text"},
]  # fmt: skip
_WORDS = (
    "希望活动安排在午休或下班后。",
    "羽毛球名额太少，能不能分两批？",
    "通知最好提前两周。",
    "亲子活动办得很好，谢谢。",
)


def play(union: DemoUnion) -> str:
    members = _members(union)
    closed = _closed(union, members)
    soon = clock.now() + timedelta(days=9)
    canteen = {
        "title": "职工食堂满意度", "about": "结果交后勤部门改进，不涉及个人。", "closes_at": soon,
        "questions": [
            {"question": "您多久去一次食堂？", "kind": "choice", "options": ["每天", "每周几次", "很少"]},
            {"question": "口味打几分？", "kind": "rating", "condition": {"question": 1, "choices": [1, 2]}},
            {"question": "最想改进什么？", "kind": "line"},
        ],
    }  # fmt: skip
    _opened(union, "survey-canteen", canteen)
    lecture = {
        "title": "健康讲座选题", "anonymous": False, "closes_at": soon,
        "questions": [
            {"question": "最想听哪个题目？", "kind": "choice", "options": ["颈椎养护", "合理膳食", "情绪管理"]},
            {"question": "方便的日期", "kind": "date"},
        ],
    }  # fmt: skip
    _opened(union, "survey-lecture", lecture)
    draft = {"title": "下学期社团意向", "questions": _SATISFACTION[:3]}
    union.ask("survey-draft", contract.write_survey, draft, union.as_officer())
    return f"a survey with {closed} sheets, two open ones, a draft"


def _closed(union: DemoUnion, members: list[tuple[UUID, UUID]]) -> int:
    """Let members of the demo member's unit and of the largest fill in an anonymous survey, and publish its result."""
    largest = [unit_id for unit_id, _ in Counter(unit for _, unit in members).most_common(_UNITS)]
    units = list(dict.fromkeys([members[0][1], *largest]))[:_UNITS]
    terms = {
        "title": "文体活动意愿调查", "about": "了解大家想参加什么，安排明年的计划。", "by_unit": True,
        "audience": {"units": units}, "questions": _SATISFACTION,
    }  # fmt: skip
    named = _opened(union, "survey-closed", terms)
    told = union.ask("survey-keys", contract.get_survey_keys, named, ANONYMOUS)["groups"]
    keys = {one["group"]: one["key"] for one in told}
    asked = [member_id for member_id, unit_id in members[1:] if unit_id in units][:_FILLED]
    for place, member_id in enumerate(asked):
        _fill_in(union, named, keys, member_id, place)
    union.ask("survey-close", contract.close_survey, named, union.as_officer())
    texts = union.ask("survey-texts", results.list_survey_texts, named, union.as_officer())["items"]
    if texts:
        hidden = {**named, "text_id": texts[0]["id"], "reason": "与另一条重复"}
        union.ask("survey-hide", results.moderate_survey_text, hidden, union.as_officer())
    union.ask("survey-publish", contract.publish_survey, {**named, "with_texts": True}, union.as_officer())
    return len(asked)


def _opened(union: DemoUnion, step: str, terms: dict[str, Any]) -> dict[str, Any]:
    made = union.ask(step, contract.write_survey, terms, union.as_officer())
    named = {"survey_id": made["id"]}
    union.ask(f"{step}-open", contract.open_survey, named, union.as_officer())
    for _ in range(_MOST_TRIES):
        if union.ask(f"{step}-state", contract.get_survey, named, union.as_officer())["state"] != "opening":
            return named
        union.pause()
    raise RuntimeError("a survey is not opened")


def _fill_in(union: DemoUnion, named: dict[str, Any], keys: dict[int, str], member_id: UUID, place: int) -> None:
    """Let a member get a token and hand in a sheet, as a browser does."""
    member = Principal("account", member_id, member_id, (Grant("member"),))
    group = union.ask(f"survey-group-{place}", contract.get_survey, named, member)["group"]
    key, prepared = blinding.public_key(board.decoded(keys[group])), blinding.prepare(secrets.token_bytes(32))
    blinded = blinding.blind(key, prepared)
    asked = {**named, "blinded": board.encoded(blinded.message)}
    try:
        answer = union.ask(f"survey-token-{place}", contract.request_survey_token, asked, member)
    except Refused:  # this member's sheet was handed in before the loading stopped
        return
    signature = blinding.finalize(key, prepared, board.decoded(answer["signature"]), blinded.inverse)
    sheet = {
        **named, "group": group, "token": board.encoded(prepared), "signature": board.encoded(signature),
        "answers": _answers(place),
    }  # fmt: skip
    union.ask(f"survey-sheet-{place}", contract.hand_in_answers, sheet, ANONYMOUS)


def _answers(place: int) -> list[dict[str, Any]]:
    came = place % 4 != 0
    said = _WORDS[place // 9] if place % 9 == 0 and place < 9 * len(_WORDS) else None
    return [
        {"choices": [1 if came else 2]}, {"choices": [] if came else [1 + place // 4 % 4]},
        {"choices": sorted({1 + place % 5, 1 + place * 3 % 4})}, {"choices": [3 + place % 3]}, {"text": said},
    ]  # fmt: skip


def _members(union: DemoUnion) -> list[tuple[UUID, UUID]]:
    """Return active members with their units: first the demo member, then the unit's others, then of all units."""
    officer, active = union.as_officer(), {"standing": "active"}
    own = union.ask("survey-member", record.get_member, {"member_id": union.member_id(union.holder("member"))}, officer)
    unit = {**active, "unit_id": own["unit_id"], "limit": 30}
    near = union.ask("survey-unit", record.list_members, unit, officer)["items"]
    far = union.ask("survey-members", record.list_members, {**active, "limit": 100}, officer)["items"]
    units = {UUID(one["id"]): UUID(one["unit_id"]) for one in (own, *near, *far)}
    return list(units.items())
