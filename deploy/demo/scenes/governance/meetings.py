"""Meetings: bodies, a committee's meeting held with minutes and things to do, one that was called, one in a unit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from services.chassis.clock import SHANGHAI, today
from services.chassis.schema import Operation
from services.chassis.security.principal import service_principal
from services.contracts.governance.ballots.operations import cast_votes
from services.contracts.governance.meetings import actions, bodies, decisions, meetings, minutes, motions, votes

_SEATS = ["committee_chair", "committee_deputy", "committee_member"]
_GATEWAY = service_principal("gateway")
_TEXT = """一、通报上半年工作。校工会通报女职工专项体检、心理讲座的开展情况。
二、讨论三八节活动方案。委员们认为健康讲座和亲子活动应分开举行，场地由校工会联系。
三、表决。到会委员举手表决，通过方案。"""
_LONGER = _TEXT + "\n四、主席总结，要求各分工会女工委员做好报名组织工作。"


def play(union: DemoUnion) -> str:
    women = _body(union, "women", "女职工委员会", "committee", union.committees["women"], _SEATS, "committee_chair")
    joint = _body(
        union, "joint", "联席议事会", "joint", None, ["union_chair", "union_officer", "unit_chair"], "union_chair"
    )
    home = union.units[union.holder("chair")]
    unit = _body(
        union, "unit", "分工会委员会", "unit", home, ["unit_chair", "unit_deputy", "women_member"], "unit_chair"
    )
    _held(union, women)
    _called(union, joint)
    _planned(union, unit)
    _voting(union, women)
    return "3 bodies, 4 meetings"


def _held(union: DemoUnion, body_id: str) -> None:
    """Hold a meeting of the women's committee: its minutes wait for approval, one item is to be done."""
    texts = {"title": "增设哺乳室", "text": "建议在图书馆和教学主楼各增设一间哺乳室。"}
    motion = _ask(union, "motion-women", motions.submit_motion, body_id=body_id, **texts)
    meeting = _plan(union, "women", body_id, "女职工委员会例会", _at(0, 9))
    _item(union, "women-1", meeting, title="通报上半年工作", kind="report")
    _item(union, "women-2", meeting, title="三八节活动方案", kind="vote")
    _item(union, "women-3", meeting, motion_id=motion["id"], kind="vote")
    _ask(union, "women-paper", meetings.attach_meeting_document, **_paper(meeting, "三八节活动方案（草案）"))
    called = _ask(union, "women-call", meetings.convene_meeting, meeting_id=meeting["id"])
    there = [seat["member_id"] for seat in called["seats"]]
    marks = [{"member_id": one, "attendance": "present"} for one in there]
    _ask(union, "women-there", meetings.mark_attendance, meeting_id=meeting["id"], marks=marks)
    opened = _ask(union, "women-open", meetings.open_meeting, meeting_id=meeting["id"])
    items = opened["items"]
    made = _decide(union, "women-d1", meeting, items[1], "三八节活动方案", votes_for=len(there), vote_way="hands")
    _decide(union, "women-d2", meeting, items[2], "增设哺乳室", votes_for=1, votes_against=1, abstained=len(there) - 2)
    given = _ask(
        union, "women-action", actions.add_action_item, meeting_id=meeting["id"], item_id=items[1]["id"],
        text="联系校医院确定健康讲座时间", owner_id=there[-1], due_on=today() + timedelta(days=2),
    )  # fmt: skip
    _ask(union, "women-action-2", actions.add_action_item, meeting_id=meeting["id"], item_id=items[2]["id"],
         text="向后勤核实可用房间，下次会议再议", owner_id=there[0], due_on=today() + timedelta(days=20))  # fmt: skip
    progress = {"percent": 60, "note": "校医院已答复两个可选日期。"}
    _ask(union, "women-progress", actions.report_progress, action_item_id=given["id"], **progress)
    _ask(union, "women-m1", minutes.save_minutes, meeting_id=meeting["id"], base=0, text=_TEXT)
    _ask(union, "women-m2", minutes.save_minutes, meeting_id=meeting["id"], base=1, text=_LONGER, note="补主席总结")
    _ask(union, "women-end", meetings.end_meeting, meeting_id=meeting["id"])
    _ask(union, "women-out", minutes.circulate_minutes, meeting_id=meeting["id"])
    _ask(union, "women-public", decisions.publish_meeting_decision, decision_id=made["id"], published=True)


def _voting(union: DemoUnion, body_id: str) -> None:
    """Let the women's committee vote by phone: one vote is counted into a decision, one goes on."""
    meeting = _plan(union, "vote", body_id, "女职工委员会专题会", _at(0, 15))
    _item(union, "vote-1", meeting, title="“爱心妈妈”结对方案", kind="vote")
    _item(union, "vote-2", meeting, title="暑期亲子托管试点", kind="vote")
    called = _ask(union, "vote-call", meetings.convene_meeting, meeting_id=meeting["id"])
    there = [seat["member_id"] for seat in called["seats"]]
    marks = [{"member_id": one, "attendance": "present"} for one in there]
    _ask(union, "vote-there", meetings.mark_attendance, meeting_id=meeting["id"], marks=marks)
    items = _ask(union, "vote-open", meetings.open_meeting, meeting_id=meeting["id"])["items"]
    decided = _put(union, "vote-put-1", meeting, items[0], "同意结对方案，经费从女职工活动项目列支。")
    papers = [{"member_id": one, "choices": ["yes"], "actor": one} for one in there]
    cast = {"ballot_id": decided["ballot_id"], "votes": papers}
    union.ask("meetings-vote-cast", cast_votes, cast, _GATEWAY)
    ref = {"meeting_id": meeting["id"], "ballot_id": decided["ballot_id"]}
    _ask(union, "vote-count", votes.count_meeting_vote, **ref)
    _put(union, "vote-put-2", meeting, items[1], "同意在两个校区各开一个班试点，报名由分工会组织。")


def _put(union: DemoUnion, step: str, meeting: Any, item: Any, text: str) -> Any:
    ref = {"meeting_id": meeting["id"], "item_id": item["id"]}
    return _ask(union, step, votes.put_item_to_vote, title=item["title"], text=text, secrecy="named", **ref)


def _called(union: DemoUnion, body_id: str) -> None:
    """Call a joint meeting for next week, with a motion of the demo chair on its agenda; another one waits."""
    texts = {"title": "统一活动报名时间", "text": "各分工会活动报名时间不一，建议统一为每周三开放。"}
    motion = union.ask("motion-joint", motions.submit_motion, {"body_id": body_id, **texts}, union.as_chair())
    more = {"title": "分工会经费使用进度", "text": "建议每季度通报各分工会经费使用进度。"}
    union.ask("motion-joint-2", motions.submit_motion, {"body_id": body_id, **more}, union.as_chair())
    meeting = _plan(union, "joint", body_id, "校工会与分工会主席联席议事会", _at(6, 14), "请带本分工会上半年工作小结。")
    _item(union, "joint-1", meeting, title="通报年度工作计划进展", kind="report")
    _item(union, "joint-2", meeting, motion_id=motion["id"], kind="vote")
    _ask(union, "joint-call", meetings.convene_meeting, meeting_id=meeting["id"])
    excused = {"meeting_id": meeting["id"], "attendance": "excused"}
    union.ask("joint-excused", meetings.answer_call, excused, union.as_chair())


def _planned(union: DemoUnion, body_id: str) -> None:
    """Let the demo chair prepare a meeting of the unit."""
    values = _when("分工会委员会会议", _at(9, 15), None)
    meeting = union.ask("plan-unit", meetings.plan_meeting, {"body_id": body_id, **values}, union.as_chair())
    item = {"meeting_id": meeting["id"], "title": "春季活动安排", "kind": "discussion"}
    union.ask("unit-1", meetings.add_meeting_item, item, union.as_chair())


def _body(union: DemoUnion, step: str, name: str, kind: str, unit: UUID | None, posts: list[str], chair: str) -> str:
    made = _ask(union, f"body-{step}", bodies.add_meeting_body, name=name, kind=kind, unit_id=unit, post_kinds=posts,
                chair_kind=chair)  # fmt: skip
    return str(made["id"])


def _plan(union: DemoUnion, step: str, body_id: str, title: str, starts: datetime, notice: str | None = None) -> Any:
    return _ask(union, f"plan-{step}", meetings.plan_meeting, body_id=body_id, **_when(title, starts, notice))


def _when(title: str, starts: datetime, notice: str | None) -> dict[str, Any]:
    return {
        "title": title, "starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "行政楼 301 会议室",
        "notice": notice,
    }  # fmt: skip


def _item(union: DemoUnion, step: str, meeting: Any, **values: Any) -> Any:
    return _ask(union, f"item-{step}", meetings.add_meeting_item, meeting_id=meeting["id"], **values)


def _decide(union: DemoUnion, step: str, meeting: Any, item: Any, title: str, **votes: Any) -> Any:
    said = {"title": title, "text": f"会议讨论了“{title}”，按表决结果办理。"}
    ref = {"meeting_id": meeting["id"], "item_id": item["id"]}
    return _ask(union, step, decisions.record_meeting_decision, **ref, **said, **votes)


def _ask(union: DemoUnion, step: str, operation: Operation, **payload: Any) -> Any:
    return union.ask(f"meetings-{step}", operation, payload, union.as_officer())


def _at(days: int, hour: int) -> datetime:
    day = today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=SHANGHAI)


def _paper(meeting: Any, name: str) -> dict[str, Any]:
    file = {"name": "paper.pdf", "media_type": "application/pdf", "content": paper()}
    return {"meeting_id": meeting["id"], "document": name, **file}
