"""Sessions of the sixth congress: the third, held a year ago, and the fourth, which goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import start_of, today
from services.contracts.governance.congress import delegates, floor, minutes, sessions
from services.contracts.governance.congress import people as contract
from services.contracts.governance.ratings import operations as ratings

_AWAY = 7
"""Every seventh delegate does not come."""
_MINUTES = """会议听取了校长工作报告和学校财务预算执行情况的报告，审议了提案办理情况的报告，
讨论并表决通过了《教职工福利费使用办法》。
会议要求各部门认真研究代表提出的意见，在一个月内书面答复。"""


def hold(union: DemoUnion, congress: str) -> str:
    """Hold a session and begin another; return what was made."""
    people = _delegates(union, congress)
    _form(union, congress, "executive", "执行委员会", people[:9])
    _form(union, congress, "committee", "提案工作委员会", people[4:11])
    _form(union, congress, "committee", "代表资格审查委员会", people[8:13])
    _third(union, congress, people)
    _fourth(union, congress, people)
    return "a session that was closed and one that goes on"


def _third(union: DemoUnion, congress: str, people: list[str]) -> None:
    opens_on = today() - timedelta(days=360)
    session = _session(union, congress, 3, opens_on, "学术报告厅")
    items = _agenda(
        union, session, ("听取校长工作报告", "heard", None, "校长"),
        ("听取执行委员会工作报告", "heard", "staff_congress", "执行委员会"),
        ("审议财务预算执行情况的报告", "reviewed", "staff_congress", "财务处负责人"),
        ("评议学校领导干部", "assessed", "staff_congress", None),
        ("讨论通过《教职工福利费使用办法》", "passed", "staff_congress", "人事处负责人"),
    )  # fmt: skip
    present = _open(union, session, people, opens_on)
    rounds = _do(union, "", ratings.list_ratings, kind="leaders", state="closed", limit=1)["items"]
    _do(union, f"cite-{session}", floor.cite_rating, item_id=items[3], rating_id=rounds[0]["id"])
    for item in items[:4]:
        _begin(union, item)
        _finish(union, item, "代表匿名填写评议表。" if item == items[3] else "代表分团讨论，提出意见十二条。")
    _begin(union, items[4])
    _pass(union, items[4], "通过《教职工福利费使用办法》", present)
    _finish(union, items[4], "表决通过。")
    _do(union, f"close-{session}", sessions.close_session, session_id=session)
    text = _MINUTES.replace("，\n", "，")
    for base, (written, note) in enumerate(((text.partition("\n")[0], "初稿"), (text, "补充会议要求"))):
        _do(
            union, f"minutes-{session}-{base}", minutes.save_session_minutes, session_id=session, base=base,
            text=written, note=note,
        )  # fmt: skip


def _fourth(union: DemoUnion, congress: str, people: list[str]) -> None:
    session = _session(union, congress, 4, today(), "学校礼堂")
    items = _agenda(
        union, session, ("听取校长工作报告", "heard", None, "校长"),
        ("讨论通过《教职工请假管理办法》", "passed", "staff_congress", "人事处负责人"),
        ("审议第三次会议以来提案办理情况的报告", "reviewed", "staff_congress", "提案工作委员会"),
        ("听取执行委员会工作报告", "heard", "staff_congress", "执行委员会"),
        ("听取工会工作报告和经费收支情况的报告", "heard", "union_congress", "工会主席"),
        ("评议学校领导干部", "assessed", "staff_congress", None),
        ("讨论通过本次会议决议", "passed", None, "主席团"),
    )  # fmt: skip
    _form(union, congress, "presidium", "主席团", people[:7], session)
    for kind, name, position in (("special", "省教育工会代表", "省教育工会"), ("attends", "离退休教职工代表", None)):
        _do(
            union, f"guest-{kind}", contract.invite_guest, session_id=session, name=name, guest_kind=kind,
            position=position,
        )  # fmt: skip
    present = _open(union, session, people, today())
    _begin(union, items[0])
    _finish(union, items[0], "校长报告了一年来的工作和下一年的安排。")
    _begin(union, items[1])
    _pass(union, items[1], "通过《教职工请假管理办法》", present)
    _finish(union, items[1], "举手表决通过，自下月一日起施行。")
    _begin(union, items[2])
    _do(union, f"speakers-{session}", floor.take_speakers, item_id=items[2], taken=True)
    asked = [
        union.ask(f"speak-{session}-{name}", floor.ask_to_speak, {"item_id": items[2]}, union.as_member(name))["id"]
        for name in ("chair", "delegate")
        if str(union.member_id(union.holder(name))) in present["members"]
    ]
    if asked:
        _do(union, f"call-{session}", floor.call_speaker, speaker_id=asked[0])


def _delegates(union: DemoUnion, congress: str) -> list[str]:
    """Return the delegates of all bodies, each once, those of the demo accounts first."""
    found: list[str] = []
    asked: dict[str, Any] = {"congress_id": congress, "limit": 100}
    while True:
        page = union.ask("", delegates.list_delegates, asked, union.as_officer())
        found += [one["member_id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]
    known = {str(union.member_id(union.holder(name))) for name in ("officer", "chair", "delegate")}
    return sorted(set(found), key=lambda one: (one not in known, one))


def _session(union: DemoUnion, congress: str, number: int, opens_on: date, place: str) -> str:
    values = {
        "congress_id": congress, "number": number, "opens_on": opens_on, "closes_on": opens_on + timedelta(days=1),
        "place": place,
    }  # fmt: skip
    return str(_do(union, f"session-{number}", sessions.add_session, **values)["id"])


def _agenda(union: DemoUnion, session: str, *items: tuple[str, str, str | None, str | None]) -> list[str]:
    made = []
    asked = {"congress_id": _do(union, "", sessions.get_session, session_id=session)["congress_id"]}
    organs = {one["name"]: one["id"] for one in _do(union, "", contract.list_organs, **asked)["items"]}
    for place, (title, kind, body, presenter) in enumerate(items):
        values = {"title": title, "agenda_kind": kind, "body": body, "presenter": presenter}
        values["organ_id"] = organs.get(presenter or "")
        step = f"agenda-{session}-{place}"
        made.append(_do(union, step, floor.add_agenda_item, session_id=session, **values)["id"])
    return made


def _open(union: DemoUnion, session: str, people: list[str], on: date) -> dict[str, Any]:
    """Convene and open a session; return who is there, and how many of the 教代会."""
    _do(union, f"convene-{session}", sessions.convene_session, session_id=session)
    came_at = None if on == today() else start_of(on) + timedelta(hours=8, minutes=30)
    there = [one for place, one in enumerate(people, 1) if place % _AWAY]
    for one in there:
        _do(union, f"come-{session}-{one}", sessions.check_in, session_id=session, member_id=one, came_at=came_at)
    opened = f"open-{session}"
    _do(union, opened, sessions.open_session, session_id=session)
    quorum = _do(union, "", sessions.session_quorum, session_id=session)["bodies"]
    count = next(one["present"] for one in quorum if one["body"] == "staff_congress")
    return {"members": set(there), "count": count}


def _form(union: DemoUnion, congress: str, kind: str, name: str, people: list[str], session: str | None = None) -> None:
    members = people or _delegates(union, congress)[:1]
    _do(
        union, f"organ-{kind}-{name}-{session}", contract.form_organ, congress_id=congress, session_id=session,
        organ_kind=kind, name=name, head_id=members[0], member_ids=members,
    )  # fmt: skip


def _begin(union: DemoUnion, item: str) -> None:
    _do(union, f"begin-{item}", floor.begin_agenda_item, item_id=item)


def _finish(union: DemoUnion, item: str, note: str) -> None:
    _do(union, f"finish-{item}", floor.finish_agenda_item, item_id=item, note=note)


def _pass(union: DemoUnion, item: str, title: str, present: dict[str, Any]) -> None:
    """Record a show of hands in which some are against or abstain."""
    count = present["count"]
    against, abstained = count // 25, count // 20
    values = {"votes_for": count - against - abstained, "against": against, "abstained": abstained}
    _do(
        union, f"hands-{item}", floor.record_hands, item_id=item, body="staff_congress", title=title, **values
    )  # fmt: skip


def _do(union: DemoUnion, step: str, operation: Any, **values: Any) -> Any:
    return union.ask(step, operation, values, union.as_officer())
