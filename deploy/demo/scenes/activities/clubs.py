"""Clubs: three that are founded, with officers, activities, grants and reviews, and one that gathers support."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from services.chassis.clock import start_of, today
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.clubs import clubs, members, work
from services.contracts.governance.funds.budget import list_budget_lines
from services.contracts.membership.record import operations as record

_FOUNDERS = 12
_CLUBS: tuple[dict[str, Any], ...] = (
    {
        "name": "教工羽毛球协会", "name_en": "Staff Badminton Club", "kind": "sports", "joining": "open",
        "aim": "以球会友，强身健体。", "about": "每周二、周四晚在体育馆活动，每学期一次双打赛，欢迎初学者。",
    },
    {
        "name": "教工合唱团", "name_en": "Staff Choir", "kind": "arts", "joining": "approved", "most_members": 60,
        "aim": "以歌声丰富教职工文化生活，代表学校参加演出。", "about": "每周三晚排练，按声部招收团员。",
    },
    {
        "name": "教工书画摄影协会", "name_en": "Staff Arts and Photography", "kind": "fine_arts", "joining": "open",
        "aim": "交流书法、绘画和摄影，办好每年的教职工作品展。",
    },
    {
        "name": "教工登山协会", "name_en": "Staff Hiking Club", "kind": "outdoor", "joining": "open",
        "aim": "结伴走山路，守规则、重安全。", "about": "每月一次近郊徒步，路线难度提前公布。",
    },
)  # fmt: skip
_REPORT = "全年坚持每周活动，组织了会员比赛和校际交流，经费主要用于场地和器材；下一年计划增加新会员辅导。"


def play(union: DemoUnion) -> str:
    member, people = _people(union)
    around = [*people, *people, *people]
    made = []
    for place, one in enumerate(_CLUBS):
        first, *others = around[place * _FOUNDERS : (place + 1) * _FOUNDERS]
        made.append(_apply(union, one, first if place else member, others, founded=place < 3))
    badminton, choir, _painting, _hiking = made
    for place, asks in enumerate(people[2:5]):
        union.ask(f"club-choir-asks-{place}", members.join_club, {"club_id": choir}, asks)
    _appoint(union, badminton, people[1])
    _season(union, badminton, member)
    _grant(union, made[:3])
    _review(union, badminton, member)
    return f"{len(made)} clubs"


def _apply(
    union: DemoUnion, values: dict[str, Any], president: Principal, others: list[Principal], *, founded: bool
) -> str:
    name = values["name"]
    club = str(union.ask(f"club-{name}", clubs.apply_club, values, president)["id"])
    charter = {
        "club_id": club, "name": "章程.pdf", "media_type": "application/pdf",
        "content": paper("Charter", lines=12),
    }  # fmt: skip
    union.ask(f"club-{name}-charter", clubs.set_club_charter, charter, president)
    for place, one in enumerate(others if founded else others[:6]):
        union.ask(f"club-{name}-supports-{place}", members.join_club, {"club_id": club}, one)
    if founded:
        decision = {"club_id": club, "found": True, "note": "校工会委员会同意成立。"}
        union.ask(f"club-{name}-founded", clubs.decide_club, decision, union.as_officer())
    return club


def _appoint(union: DemoUnion, club: str, account: Principal) -> None:
    office = {
        "club_id": club, "member_id": account.member_id, "post": "secretary", "chosen": "elected",
        "starts_on": today(), "ends_on": None,
    }  # fmt: skip
    union.ask("club-secretary", members.appoint_club_officer, office, union.as_officer())


def _season(union: DemoUnion, club: str, president: Principal) -> None:
    """Five activities of the club: four were held, one is planned by the president as a draft."""
    officer = union.as_officer()
    for place in range(4):
        begins = _at(-20 - 30 * place, 18)
        held = {
            "title": f"羽毛球协会第 {4 - place} 次双打交流", "kind": "match", "place": "体育馆二楼",
            "starts_at": begins, "ends_at": begins + timedelta(hours=2),
        }  # fmt: skip
        activity = union.ask(f"club-activity-{place}", calendar.schedule_activity, held, officer)["id"]
        ref = {"club_id": club, "activity_id": activity}
        union.ask(f"club-activity-linked-{place}", work.link_club_activity, ref, officer)
        done = {"activity_id": activity, "attended": 22 + 3 * place}
        union.ask(f"club-activity-held-{place}", calendar.hold_activity, done, officer)
    draft = {
        "club_id": club, "title": "羽毛球协会年终双打赛", "kind": "match", "place": "体育馆二楼",
        "starts_at": _at(12, 18), "ends_at": _at(12, 21), "capacity": 32,
    }  # fmt: skip
    union.ask("club-activity-draft", work.draft_club_activity, draft, president)


def _grant(union: DemoUnion, made: list[str]) -> None:
    """Grants of this year: two within the budget, one from a line the year does not have, which the funds refuse."""
    officer, year = union.as_officer(), today().year
    lines = [
        one["code"]
        for one in union.ask("club-lines", list_budget_lines, {"year": year}, officer)["items"]
        if one["funding_source"] == "union"
    ]
    wanted = next((code for code in lines if code.startswith("activity.")), lines[0])
    for place, club in enumerate(made):
        grant = {
            "club_id": club, "year": year, "amount": "3000.00" if place else "4000.00",
            "line_code": wanted if place < 2 else "activity.exhibition",
            "decision": f"校工会委员会 {year} 年第 2 次会议", "decided_on": today(),
        }  # fmt: skip
        union.ask(f"club-grant-{place}", work.grant_club, grant, officer)


def _review(union: DemoUnion, club: str, president: Principal) -> None:
    """The report of this year: judged once enough was held in it, returned before."""
    report = {"club_id": club, "year": today().year, "report": _REPORT}
    review = union.ask("club-report", work.hand_in_club_review, report, president)["id"]
    enough = today().timetuple().tm_yday > 120
    decision = {
        "review_id": review, "verdict": "excellent" if enough else None,
        "note": "活动经常、经费公开。" if enough else "请补充新会员辅导的情况。",
    }  # fmt: skip
    union.ask("club-review", work.decide_club_review, decision, union.as_officer())


def _at(days: int, hour: int) -> datetime:
    return start_of(today() + timedelta(days=days)) + timedelta(hours=hour)


def _people(union: DemoUnion) -> tuple[Principal, list[Principal]]:
    """Return the member of the demo account, and members whose accounts visitors do not use."""
    wanted = {"standing": "active", "limit": 100}
    rows = union.ask("club-members", record.list_members, wanted, union.as_officer())["items"]
    accounts = ("member", "officer", "chair", "auditor", "delegate", "handler", "mediator", "judge", "ops")
    named = [union.member_id(union.holder(account)) for account in accounts]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in named]
    return union.as_member("member"), [Principal("account", one, one, (Grant("member"),)) for one in others]
