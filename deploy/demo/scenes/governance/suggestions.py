"""Suggestions: one answered for all to read, one answered to its author, one with a unit, two anonymous ones."""

from __future__ import annotations

from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.suggestions import operations as contract

_LOCKERS = {
    "topic": "activities", "title": "体育馆增加储物柜",
    "text": "晚上打球的同事多，储物柜常常不够用，建议再添一排。", "may_publish": True,
}  # fmt: skip
_ROOM = {
    "topic": "welfare", "title": "母婴室的开放时间",
    "text": "图书馆的母婴室下午五点就关门，晚上有课的老师用不上，能否开到九点？", "may_publish": True,
}  # fmt: skip
_LUNCH = {
    "topic": "workplace", "title": "办公楼的微波炉",
    "text": "三楼茶水间的微波炉坏了两个月，请帮忙报修。", "to_unit": True,
}  # fmt: skip
_HOURS = {
    "topic": "rights", "title": "实验课的工作量计算",
    "text": "实验课的准备时间没有计入工作量，希望工会向学校反映。", "may_publish": True,
}  # fmt: skip
_NOTICE = {
    "topic": "union",
    "title": "活动通知再早一些",
    "text": "有些活动开始前两天才通知，课程已经排好，来不及报名。",
}
_ANSWERS = {
    "lockers": "已与体育馆商定，下月在二楼更衣室外增设四十格储物柜，费用由学校承担。",
    "notice": "今后校级活动至少提前两周发布，分工会活动至少提前一周；已写入本学期的活动安排。",
}
_QUESTION = "体育馆晚上储物柜不够用，能否增加？"


def play(union: DemoUnion) -> str:
    """Make the suggestions of the demo union, and answer some."""
    officer, member, chair = union.as_officer(), union.as_member("member"), union.as_member("chair")
    lockers = _ref(union.ask("suggestion-lockers", contract.make_suggestion, _LOCKERS, member))
    told = {**lockers, "answer": _ANSWERS["lockers"]}
    union.ask("suggestion-lockers-answer", contract.answer_suggestion, told, officer)
    union.ask("suggestion-lockers-all", contract.publish_suggestion, {**lockers, "question": _QUESTION}, officer)
    notice = _ref(union.ask("suggestion-notice", contract.make_suggestion, _NOTICE, chair))
    union.ask("suggestion-notice-answer", contract.answer_suggestion, {**notice, "answer": _ANSWERS["notice"]}, officer)
    union.ask("suggestion-lunch", contract.make_suggestion, _LUNCH, member)
    for step, words in (("suggestion-hours", _HOURS), ("suggestion-room", _ROOM)):
        union.ask(step, contract.make_anonymous_suggestion, words, ANONYMOUS)
    return "5 suggestions: 2 answered, 1 with a unit, 2 anonymous"


def _ref(made: dict[str, Any]) -> dict[str, Any]:
    return {"suggestion_id": made["id"]}
