"""One mediation under way: the member against a department, taken by the officer, agreed to on paper, mediated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from services.chassis.clock import now
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.mediation import operations as contract

_APPLICATION: dict[str, Any] = {
    "matter": "pay", "claim": "请求补发上学期六次夜间值班的津贴，共六百元。",
    "facts": "上学期在实验楼夜间值班六次，值班表有记录，津贴没有发放。曾向部门询问，没有得到答复。",
    "applicant_contact": "校内邮箱", "respondent_kind": "department", "respondent_name": "后勤保障部", "employed": True,
}  # fmt: skip


def play(union: DemoUnion) -> str:
    clerk, member, mediator = union.as_officer(), union.as_member("member"), _mediator(union)
    applied = {**_APPLICATION, "applicant_name": "申请人（演示会员）"}
    made = union.ask("dispute", contract.apply_for_mediation, applied, member)
    ref = {"dispute_id": made["id"]}
    union.ask("dispute-taken", contract.take_dispute, {}, clerk)
    for name in ("register", "ask_consent"):
        union.ask(f"dispute-{name}", contract.move_dispute, {**ref, "move": name}, clerk)
    union.ask("dispute-paper", contract.attach_dispute_paper, {**ref, "kind": "consent", **_paper()}, clerk)
    case = union.ask("dispute-look", contract.open_dispute, ref, clerk)
    other = next(one["id"] for one in case["parties"] if one["side"] == "respondent")
    answer = {"party_id": other, "about": "mediation", "answer": True}
    union.ask("dispute-consent", contract.record_consent, {**ref, **answer}, clerk)
    asked = {**ref, "mediator_id": str(mediator.member_id)}
    union.ask("dispute-mediator", contract.assign_mediator, asked, clerk)
    union.ask("dispute-serves", contract.answer_assignment, {**ref, "answer": True}, mediator)
    union.ask("dispute-begun", contract.move_dispute, {**ref, "move": "begin"}, mediator)
    meeting = {**ref, "held_at": _soon(), "place": "工会楼 203 室"}
    union.ask("dispute-meeting", contract.schedule_hearing, meeting, mediator)
    return "1 mediation under way"


def _mediator(union: DemoUnion) -> Principal:
    member = union.as_member("mediator")
    return Principal("account", member.account_id, member.member_id, (Grant("member"), Grant("mediator")))


def _soon() -> str:
    meeting = now().replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=3)
    return meeting.isoformat()


def _paper() -> dict[str, Any]:
    content = paper("Written answer of the department", 4)
    return {"name": "answer.pdf", "media_type": "application/pdf", "content": content}
