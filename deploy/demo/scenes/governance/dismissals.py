"""Dismissal notices: one that the union asked to correct and the employer answered, one that waits, one studied."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.demo.papers import paper
from deploy.demo.people import seeded_id
from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.dismissals import operations as contract

_FIRST = {
    "person_name": "当事人（演示会员）", "ground": "serious_breach",
    "reason": "单位称其在一学期内多次无故缺课，已书面警告一次，拟解除劳动合同。",
}  # fmt: skip
_SECOND = {
    "person_name": "当事人（演示，不是会员）", "ground": "unfit",
    "reason": "单位称其考核连续两次不合格，培训后仍不能胜任工作，拟解除劳动合同。",
}  # fmt: skip
_THIRD = {
    "person_name": "当事人（演示，没有账号）", "ground": "probation",
    "reason": "单位称其试用期考核未达到岗位说明书的录用条件，拟解除劳动合同。",
}  # fmt: skip
_OPINION = {
    "opinion": "correct", "decided_by": "committee", "violated": "学校教职工考勤办法关于累计缺课次数的规定",
    "opinion_text": "缺课记录中有两次为因公出差，扣除后没有达到办法规定的次数，建议改为批评教育。",
}  # fmt: skip


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    member = str(union.member_id(union.holder("member")))
    ends = today() + timedelta(days=30)
    first = {**_FIRST, "member_id": member, "effective_on": ends}
    made = union.ask("dismissal", contract.notify_dismissal, first, officer)
    ref = {"dismissal_id": made["id"]}
    union.ask("dismissal-notice", contract.attach_dismissal_paper, {**ref, "kind": "notice", **_sheet()}, officer)
    union.ask("dismissal-opinion", contract.give_dismissal_opinion, {**ref, **_OPINION}, officer)
    union.ask("dismissal-paper", contract.attach_dismissal_paper, {**ref, "kind": "answer", **_sheet()}, officer)
    answer = {"answer": "changed", "answer_text": "采纳工会意见，改为批评教育，劳动合同继续履行。"}
    union.ask("dismissal-answer", contract.answer_dismissal, {**ref, **answer}, officer)
    employer = Principal("program", seeded_id(union.seed, "account", "hr"), None, (Grant("hr"),))
    union.ask("dismissal-2", contract.notify_dismissal, {**_SECOND, "effective_on": ends}, employer)
    third = {**_THIRD, "effective_on": today() + timedelta(days=4)}
    studied = {"dismissal_id": union.ask("dismissal-3", contract.notify_dismissal, third, officer)["id"]}
    union.ask("dismissal-3-notice", contract.attach_dismissal_paper, {**studied, "kind": "notice", **_sheet()}, officer)
    return "3 notices: one answered, one waiting, one studied"


def _sheet() -> dict[str, Any]:
    return {"name": "sheet.pdf", "media_type": "application/pdf", "content": paper(lines=5)}
