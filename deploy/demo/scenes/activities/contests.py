"""The teaching contest with its published results, and the choir contest whose first round is being judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar.operations import list_activities
from services.contracts.activities.contests import entries, judging, settings

_TEACHING: dict[str, Any] = {
    "scoring": "mean", "scale": 100, "groups": ["文科组", "理工科组"], "most_age": 40,
    "criteria": [
        {"name": "教学设计", "weight": "20"}, {"name": "课堂教学", "weight": "75"}, {"name": "教学反思", "weight": "5"}
    ],
    "awards": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}, {"name": "三等奖", "count": 2}],
}  # fmt: skip
_CHOIR: dict[str, Any] = {
    "scoring": "trimmed_mean", "scale": 10, "groups": ["录像初评"], "live_board": True,
    "criteria": [
        {"name": "音准与音色", "weight": "30"}, {"name": "表现力", "weight": "40"},
        {"name": "台风与服装", "weight": "10"}, {"name": "指挥与伴奏", "weight": "20"},
    ],
    "awards": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}, {"name": "三等奖", "count": 3}],
}  # fmt: skip
_LESSONS = (
    ("中国古代文学：苏轼词二首", "大学英语：学术写作导论", "思想道德与法治：理想信念", "教育心理学：动机的激发"),
    ("高等数学：定积分的应用", "数据结构：哈希表", "工程制图：剖视图", "遗传学：连锁与交换"),
)
"""Lessons of the contestants, by group."""
_CHOIRS = (0, 1, 4, 6, 8, 13, 16, 18)
"""Units with a choir; the unit of the account `member`, who judges, is among them."""
_JUDGES = (19, 20, 21, 22)
_SONGS = ("我和我的祖国", "在灿烂阳光下", "黄河颂", "歌唱祖国", "不忘初心", "春风十万里", "我们走在大路上", "追寻")
_SUNG = 4
_FIRST_ROW = 48
_LEAST = 200
"""Members of a union in which enough are young, and enough judge others than their own unit."""


def play(union: DemoUnion) -> str:
    if union.count < _LEAST:
        return "no contests in so small a union"
    teaching, choir = _activity(union, "contest", "held"), _activity(union, "choir", "scheduled")
    told = []
    if teaching is not None:
        told.append(f"a teaching contest of {_teach(union, teaching)} decided")
    if choir is not None:
        _sing(union, choir)
        told.append(f"a contest of {len(_CHOIRS)} choirs judged")
    return ", ".join(told) or "no contest in the plan so far"


def _activity(union: DemoUnion, kind: str, state: str) -> str | None:
    found = union.ask("contest-activities", list_activities, {"kind": kind, "state": state, "sort": "-starts_at"})
    return found["items"][0]["id"] if found["items"] else None


def _teach(union: DemoUnion, activity: str) -> int:
    """Let a contest of young teachers be judged and published; who is too old on its day is not entered."""
    officer = union.as_officer()
    year = today().year
    setting = {**_TEACHING, "activity_id": activity, "age_on": date(year, 8, 31)}
    union.ask("teaching-settings", settings.set_contest, setting, officer)
    judges = [_judge(union, activity, row, [1, 2], head=place == 0) for place, row in enumerate(_JUDGES)]
    rows = iter(range(_FIRST_ROW, union.count))
    entered = []
    for group, lessons in enumerate(_LESSONS, start=1):
        for lesson in lessons:
            entry = _young(union, activity, group, lesson, rows)
            entered.extend([entry] if entry else [])
    union.ask("teaching-open", settings.open_contest, {"activity_id": activity}, officer)
    for number, entry in enumerate(entered):
        for place, judge in enumerate(judges):
            if str(union.units[_JUDGES[place]]) == entry["unit_id"]:
                continue
            points = (84 + (number * 5 + place) % 12, 82 + (number * 7 + place * 2) % 15, 85 + (number + place) % 10)
            _sheet(union, activity, entry["id"], judge, [f"{one}.{5 * ((number + place) % 2)}" for one in points])
    late = {
        "activity_id": activity, "entry_id": entered[1]["id"], "amount": "-1.00", "reason": "课堂教学超时两分钟"
    }  # fmt: skip
    union.ask("teaching-late", entries.adjust_entry, late, officer)
    for group in (1, 2):
        union.ask(f"teaching-close-{group}", settings.close_group, {"activity_id": activity, "group": group}, officer)
    union.ask("teaching-publish", settings.publish_contest, {"activity_id": activity}, officer)
    return len(entered)


def _young(union: DemoUnion, activity: str, group: int, lesson: str, rows: Iterator[int]) -> Any:
    """Enter the next member of the roster who is young enough."""
    for row in rows:
        entry = {
            "activity_id": activity, "group": group, "member_id": union.member_id(row), "subject": lesson
        }  # fmt: skip
        try:
            return union.ask(f"teaching-entry-{row}", entries.enter_contest, entry, union.as_officer())
        except Problem as problem:
            if problem.rule is None or not problem.rule.startswith("contests."):
                raise
    return None


def _sing(union: DemoUnion, activity: str) -> None:
    """Let half of the choirs be judged; the account `member` has the rest to do."""
    officer = union.as_officer()
    union.ask("choir-settings", settings.set_contest, {**_CHOIR, "activity_id": activity}, officer)
    member = union.holder("member")
    judges = [_judge(union, activity, row, [1], head=row == member) for row in (member, *_JUDGES)]
    guest = {"activity_id": activity, "name": "特邀指挥", "groups": [1]}
    guest_id = union.ask("choir-guest", judging.add_judge, guest, officer)["id"]
    choirs = []
    for song, unit in zip(_SONGS, _CHOIRS, strict=True):
        name = UNITS[unit][1].removesuffix("分工会") + "合唱团"
        entry = {
            "activity_id": activity, "group": 1, "name": name, "unit_id": union.units[unit], "subject": song
        }  # fmt: skip
        choirs.append(union.ask(f"choir-entry-{unit}", entries.enter_contest, entry, officer)["id"])
    union.ask("choir-open", settings.open_contest, {"activity_id": activity}, officer)
    own = _CHOIRS.index(member % len(UNITS))
    for number, choir in enumerate(choirs[:_SUNG]):
        for place, judge in enumerate(judges):
            if number == own and place == 0:
                continue
            if number < _SUNG - 1 or place:
                _sheet(union, activity, choir, judge, _marks(number, place))
        paper = {"activity_id": activity, "entry_id": choir, "judge_id": guest_id, "points": _points(_marks(number, 5))}
        union.ask(f"choir-paper-{choir}", judging.hand_in_sheet, paper, officer)


def _marks(number: int, place: int) -> list[str]:
    return [f"{8 + (number * 3 + place * 2 + criterion) % 4 * 0.5:.1f}" for criterion in range(4)]


def _judge(union: DemoUnion, activity: str, row: int, groups: list[int], *, head: bool) -> Principal:
    member_id: UUID = union.member_id(row)
    named = {"activity_id": activity, "member_id": member_id, "groups": groups, "head": head}
    union.ask(f"judge-{activity}-{row}", judging.add_judge, named, union.as_officer())
    return Principal("account", member_id, member_id, (Grant("member"),))


def _sheet(union: DemoUnion, activity: str, entry: str, judge: Principal, points: Sequence[str]) -> None:
    sheet = {"activity_id": activity, "entry_id": entry, "points": _points(points)}
    union.ask(f"sheet-{entry}-{judge.member_id}", judging.hand_in_sheet, sheet, judge)


def _points(points: Sequence[str]) -> list[dict[str, Any]]:
    return [{"number": number, "points": one} for number, one in enumerate(points, start=1)]
