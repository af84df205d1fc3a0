"""Awards of members, and one of a unit."""

from __future__ import annotations

from datetime import date, timedelta

from deploy.demo.union import DemoUnion
from services.contracts.governance import awards

_LATEST = date(2023, 12, 20)
_AWARDS = (
    ("officer", "优秀工会工作者", "university", "union_worker", "校工〔2023〕21号"),
    ("member", "工会积极分子", "university", "activist", "校工〔2023〕22号"),
    ("member", "青年教师教学竞赛二等奖", "provincial", "teaching", "浙教工〔2022〕8号"),
    ("delegate", "三育人先进个人", "university", "three_educations", "校党〔2023〕9号"),
)


def play(union: DemoUnion) -> str:
    for index, (account, title, level, category, document) in enumerate(_AWARDS):
        award = {
            "member_id": union.member_id(union.holder(account)),
            "title": title,
            "level": level,
            "category": category,
            "awarded_on": _LATEST - timedelta(days=90 * index),
            "document": document,
        }
        union.ask(f"award-{index}", awards.grant_award, award)
    home = {"unit_id": union.units[union.holder("chair")], "title": "先进教工小家", "level": "university"}
    home |= {"category": "home", "awarded_on": _LATEST, "document": "校工〔2023〕23号"}
    union.ask("award-home", awards.grant_award, home)
    return f"{len(_AWARDS) + 1} awards"
